import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** As the README says them. */
const OLDEST = ["chrome91", "firefox90", "safari15"];

/** What is published: the sources, and what the panel brings along. */
function published(): string[] {
  const source = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join("src", path));
  const preact = ["dist/preact.mjs", "hooks/dist/hooks.mjs", "jsx-runtime/dist/jsxRuntime.mjs"];
  return [...source, ...preact.map((path) => join("node_modules/preact", path))];
}

/** Whether a file has to be written in other words for these browsers. */
async function isTooNew(path: string, target: readonly string[]): Promise<boolean> {
  const text = readFileSync(join(root, path), "utf8");
  const loader = path.endsWith("x") ? "tsx" : path.endsWith(".ts") ? "ts" : "js";
  const written = (to: string | string[]): Promise<string> =>
    transform(text, { loader, target: to, minifyWhitespace: true, tsconfigRaw: {} }).then(
      ({ code }) => code,
      (error: unknown) => String(error),
    );
  return (await written("esnext")) !== (await written([...target]));
}

async function tooNew(target: readonly string[]): Promise<string[]> {
  const paths = published();
  const found = await Promise.all(paths.map((path) => isTooNew(path, target)));
  return paths.filter((_, index) => found[index]);
}

test("no syntax is newer than the browsers that the README names, which are the oldest of their kind", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  expect(readme).toContain("Chrome and Edge 91, Firefox 90 and Safari 15");
  expect(await tooNew(OLDEST)).toEqual([]);
  for (const older of ["chrome90", "firefox89", "safari14.1"]) expect(await tooNew([older])).not.toEqual([]);
});
