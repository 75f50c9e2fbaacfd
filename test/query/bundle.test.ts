import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What an app's bundler keeps of an import. */
async function bundled(names: string, room: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${names} } from "./src/${room}/index.ts"`, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    external: ["react", "use-sync-external-store"],
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Words of the code that writes texts, of that which reads them, and of data blocks. */
const WRITES = "btoa(";
const READS = "atob(";
const BLOCKS = "script[data-macho]";

test("an app without data blocks carries nothing of them", async () => {
  for (const [names, room] of [
    ["QueryClient, hydrate, dehydrate", "query"],
    ["MachoProvider, useCachedQuery, HydrationBoundary", "react"],
  ] as const) {
    const code = await bundled(names, room);
    for (const word of [WRITES, READS, BLOCKS]) expect(code).not.toContain(word);
  }
});

test("the page carries what reads, and what writes only where a component of it does", async () => {
  const page = await bundled("hydrateScripts", "query");
  expect(page).toContain(READS);
  expect(page).toContain(BLOCKS);
  expect(page).not.toContain(WRITES);
  expect(await bundled("toScript", "query")).toContain(WRITES);
});
