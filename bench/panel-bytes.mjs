// What the panel weighs as one bundle, minified and compressed: to its first page, and with every page.
import { build } from "esbuild";
import { gzipped, sizeOf } from "../scripts/weights.mjs";

const PANEL = `export { mountDevtools } from "macho-cache/devtools/mount"`;

/** The panel itself, and what mounts it: whatever else is loaded by a page only when it is needed comes later. */
const FIRST = /\/(main|recording)\.js$/;

const withoutOthers = {
  name: "without what is loaded later",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" && !FIRST.test(path) ? { path, external: true } : undefined,
    );
  },
};

async function weighFirst() {
  const { outputFiles } = await build({
    stdin: { contents: PANEL, resolveDir: process.cwd() },
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    // Without it, the names of the package would lead to its sources.
    tsconfigRaw: {},
    write: false,
    logLevel: "error",
    plugins: [withoutOthers],
  });
  return gzipped(outputFiles[0].contents);
}

/** Bytes. */
export const panelBytes = async () => ({ first: await weighFirst(), all: (await sizeOf(PANEL, true)).gzip });
