import { act, screen } from "@testing-library/react";
import { Cache } from "macho-cache";
import { launchDashboard, MachoDevtools, MachoDevtoolsPanel, mountDevtools } from "macho-cache/devtools";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { type ReactElement, StrictMode } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { world } from "./world.tsx";

function Name(): ReactElement {
  return <h1>{useCachedQuery(["name"], async () => "Ada").data ?? "..."}</h1>;
}

afterEach(() => localStorage.clear());

/** Lets what the devtools load by themselves come. */
const loaded = (): Promise<void> => act(() => vi.dynamicImportSettled());

test.each([
  ["closed", <MachoDevtools key="closed" />],
  ["open from the start", <MachoDevtools key="open" initialIsOpen />],
  ["as a panel of their own", <MachoDevtoolsPanel key="panel" />],
])("the devtools in the tree, %s, leave the app as it is", async (_how, devtools) => {
  const { unmount } = world().show(
    <StrictMode>
      <Name />
      {devtools}
    </StrictMode>,
  );
  expect(await screen.findByText("Ada")).toBeTruthy();
  await loaded();
  expect(screen.getByRole("heading").textContent).toBe("Ada");
  unmount();
  await loaded();
  expect(document.querySelector("macho-devtools")).toBe(null);
});

test("mountDevtools and launchDashboard return an undo that leaves nothing", async () => {
  const cache = new Cache<string, number>();
  cache.set("a", 1);
  for (const mount of [mountDevtools, launchDashboard]) {
    const undo = mount(cache);
    await loaded();
    expect(cache.get("a")).toBe(1);
    undo();
    expect(document.querySelector("macho-devtools")).toBe(null);
  }
});

test("two providers, each with devtools, are no trouble", async () => {
  const pair = [1, 2].map((key) => (
    <MachoProvider key={key}>
      <Name />
      <MachoDevtools initialIsOpen />
    </MachoProvider>
  ));
  world().show(<div>{pair}</div>);
  expect(await screen.findAllByText("Ada")).toHaveLength(2);
  await loaded();
});
