import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const require = createRequire(import.meta.url);

/** React's own packages as ES modules, as a CDN makes them of its CommonJS: the text of each by its name. */
export async function reactModules(): Promise<ReadonlyMap<string, string>> {
  const names = ["react", "react-dom/client"];
  const contents = (name: string): string => `
    import whole from "${name}";
    export default whole;
    export const { ${Object.keys(require(name) as object).join()} } = whole;`;
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [name.replace("/", "-"), name])),
    bundle: true,
    splitting: true,
    format: "esm",
    define: { "process.env.NODE_ENV": '"development"' },
    absWorkingDir: fileURLToPath(new URL("../../", import.meta.url)),
    outdir: "/",
    write: false,
    plugins: [
      {
        name: "named-exports",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^react/ }, ({ path, kind }) =>
            kind === "entry-point" ? { path, namespace: "named" } : undefined,
          );
          onLoad({ filter: /.*/, namespace: "named" }, ({ path }) => ({
            contents: contents(path),
            resolveDir: fileURLToPath(new URL(".", import.meta.url)),
          }));
        },
      },
    ],
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
