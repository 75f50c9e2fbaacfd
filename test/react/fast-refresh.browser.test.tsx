// What a hook keeps when its component's file is edited. The bundler's part is played by the test.
import { type MutationResult, QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedMutation } from "macho-cache/react";
import type { FunctionComponent, ReactElement } from "react";
import { expect, test } from "vitest";
import { type Deferred, deferred, settled } from "../support/deferred.ts";

interface Family {
  current: FunctionComponent;
}
/** What a development build of React offers to tools. */
interface Renderer {
  setRefreshHandler(familyOf: (type: unknown) => Family | undefined): void;
  scheduleRefresh(root: unknown, update: { updatedFamilies: Set<Family>; staleFamilies: Set<Family> }): void;
}

let renderer: Renderer | undefined;
let fiberRoot: unknown;
const hook = {
  supportsFiber: true,
  inject: (offered: Renderer) => ((renderer = offered), 1),
  onCommitFiberRoot: (_id: number, root: unknown) => void (fiberRoot = root),
  onCommitFiberUnmount: () => undefined,
  onScheduleFiberRoot: () => undefined,
  onPostCommitFiberRoot: () => undefined,
  checkDCE: () => undefined,
};
Object.assign(globalThis, { __REACT_DEVTOOLS_GLOBAL_HOOK__: hook });
// React looks for it when it is loaded.
const { createRoot } = await import("react-dom/client");

test("98. a mutation's call, its state and its functions outlive an edit, after which the newest callbacks count", async () => {
  const client = new QueryClient();
  const calls: Deferred<string>[] = [];
  const log: string[] = [];
  let shown: MutationResult<string, string> | undefined;
  const version = (name: string) =>
    function Rename(): ReactElement {
      shown = useCachedMutation({
        mutationFn: (_title: string) => {
          calls.push(deferred());
          return calls.at(-1)!.promise;
        },
        onSuccess: () => void log.push(name),
      });
      return <p>{`${name} ${shown.status} ${shown.data}`}</p>;
    };
  const [Before, After] = [version("before"), version("after")];
  const family: Family = { current: Before };
  const container = document.body.appendChild(document.createElement("div"));
  const root = createRoot(container);
  root.render(
    <MachoProvider client={client}>
      <Before />
    </MachoProvider>,
  );
  await expect.poll(() => container.textContent).toBe("before idle undefined");
  const { mutate } = shown!;
  mutate("Ran");
  await expect.poll(() => container.textContent).toBe("before pending undefined");

  renderer!.setRefreshHandler((type) => (type === Before || type === After ? family : undefined));
  family.current = After;
  renderer!.scheduleRefresh(fiberRoot, { updatedFamilies: new Set([family]), staleFamilies: new Set() });
  await expect.poll(() => container.textContent).toBe("after pending undefined");
  expect(shown!.mutate).toBe(mutate);
  calls[0]!.resolve("saved");
  await settled();
  await expect.poll(() => container.textContent).toBe("after success saved");
  expect(log).toEqual(["after"]);
  root.unmount();
  container.remove();
  client.dispose();
});
