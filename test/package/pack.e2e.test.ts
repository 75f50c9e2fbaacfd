import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { build as esbuild, type BuildOptions } from "esbuild";
import type { Browser } from "playwright";
import { build as vite, type InlineConfig } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPacked } from "../../scripts/install.mjs";
import { launchChromium } from "../support/chromium.ts";
import { visit } from "./site.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Words that only the panel's code holds; a development build has every one, which the last test shows. */
const PANEL_WORDS = ["macho-devtools", "attachShadow", "adoptedStyleSheets", "What left lately", "Filter keys"];

let browser: Browser;
let home: string;

/** The packed package, installed as a user would, beside React. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "macho-package-"));
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: "app", private: true, type: "module" }));
  installPacked(
    home,
    ["react", "react-dom"].map((name) => `${name}@${devDependencies[name]}`),
  );
  cpSync(fileURLToPath(new URL("apps", import.meta.url)), home, { recursive: true });
  browser = await launchChromium();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** The names of every file below a folder. */
function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}

/** Every file of a build, also chunks that nothing loads, as one text. @param suffix how the names of the files end */
function contents(folder: string, suffix = ""): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(suffix));
  return files.map(({ parentPath, name }) => name + readFileSync(join(parentPath, name), "utf8")).join("\n");
}

const panelWords = (text: string): string[] => PANEL_WORDS.filter((word) => text.includes(word));

/** A script with esbuild, as its documentation says: split, minified. */
async function bundle(name: string, options: BuildOptions): Promise<string> {
  const outdir = join(home, name);
  cpSync(join(home, "script/index.html"), join(outdir, "index.html"));
  await esbuild({
    absWorkingDir: home,
    entryPoints: ["script/main.ts"],
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    outdir,
    logLevel: "error",
    ...options,
  });
  return outdir;
}

describe("the packed package", () => {
  test("holds what is published and nothing else", () => {
    const folder = join(home, "node_modules/macho-cache");
    const pages = ["AGENTS.md", "CHANGELOG.md", "LICENSE", "README.md"];
    const folders = ["browser", "devtools", "dist", "lru", "persist", "policies", "query", "react", "simulate"];
    expect(readdirSync(folder).toSorted()).toEqual([...pages, ...folders, "package.json"].toSorted());
    // Those for tools that know no `exports` hold nothing else.
    const stubs = folders.filter((name) => name !== "dist").flatMap((name) => filesOf(join(folder, name)));
    expect(new Set(stubs)).toEqual(new Set(["package.json"]));
    expect(readdirSync(join(folder, "dist/vendor/preact"))).toContain("LICENSE");
    // Maps hold sources as they were written, those of other packages too.
    const code = contents(join(folder, "dist"), ".js");
    expect(code).not.toContain("process.env");
    expect(code).not.toContain("require(");
    expect(code).not.toContain("import.meta.env");
    // The runner says NODE_ENV=test, and elements of a development build would name their files.
    expect(code).not.toContain("_jsxFileName");
    expect(contents(join(folder, "dist"))).not.toContain(root);
  });

  test("says which modules are for the browser's part of an app with server components; the client needs no React", () => {
    const dist = join(home, "node_modules/macho-cache/dist");
    const isForClient = (file: string): boolean => readFileSync(join(dist, file), "utf8").startsWith('"use client";');
    for (const file of ["react/provider.js", "react/use-cached-query.js", "devtools/index.js", "devtools/absent.js"]) {
      expect([file, isForClient(file)]).toEqual([file, true]);
    }
    // It exports what a server calls as well.
    expect(isForClient("react/index.js")).toBe(false);
    expect(contents(join(dist, "query"))).not.toMatch(/from "react"/);
  });

  test("gives every entry to a plain script of Node", () => {
    const script = `
      const { Cache } = await import("macho-cache");
      const { QueryClient } = await import("macho-cache/query");
      const { useCachedQuery } = await import("macho-cache/react");
      const { MachoDevtools } = await import("macho-cache/devtools");
      const { mountDevtools } = await import("macho-cache/devtools/mount");
      console.log([Cache, QueryClient, useCachedQuery, MachoDevtools, mountDevtools].map((each) => typeof each).join());`;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: home, encoding: "utf8" });
    expect(said.trim()).toBe("function,function,function,function,function");
  });

  test("gives every entry to require() of Node, and to a resolver that knows no exports", () => {
    const { exports } = JSON.parse(readFileSync(join(home, "node_modules/macho-cache/package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
    expect(entries.length).toBeGreaterThan(6);
    const script = `
      const keys = (name) => Object.keys(require(name)).sort().join();
      const same = (entry) => keys("macho-cache" + entry) === keys("./node_modules/macho-cache" + entry);
      console.log(process.argv.slice(1).filter((entry) => !same(entry)).join());`;
    const args = ["--no-warnings", "-e", script, ...entries.map((entry) => entry.slice(1))];
    expect(execFileSync(process.execPath, args, { cwd: home, encoding: "utf8" }).trim()).toBe("");
  });

  test("comes without React where .npmrc says so, as the README has it, and gives engine and query layer", () => {
    const folder = join(home, "engine-alone");
    mkdirSync(folder);
    const [, line = ""] = /`([^`]+)` in the app's `\.npmrc`/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
    expect(line).not.toBe("");
    writeFileSync(join(folder, ".npmrc"), line);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "engine-alone", private: true }));
    installPacked(folder);
    const installed = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["macho-cache", "use-sync-external-store"]);
    const script = `
      const [{ Cache }, { QueryClient }] = await Promise.all([import("macho-cache"), import("macho-cache/query")]);
      console.log(new QueryClient({ cache: new Cache() }).setQueryData("a", 1));`;
    const args = ["--input-type=module", "-e", script];
    expect(execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }).trim()).toBe("1");
  });

  test("runs in a production build of Vite, without a word of the panel", async () => {
    const outDir = join(home, "vite-dist");
    const app = {
      root: join(home, "vite"),
      configFile: false,
      logLevel: "error",
      plugins: [react()],
    } satisfies InlineConfig;
    // The tests' own NODE_ENV would make it a development build.
    const { NODE_ENV } = process.env;
    process.env["NODE_ENV"] = "production";
    await vite({ ...app, build: { outDir } }).finally(() => (process.env["NODE_ENV"] = NODE_ENV));
    const complaints = await visit(browser, outDir, async (page) => {
      await page.getByText("Hello, Ada").waitFor();
      expect(await page.locator("macho-devtools").count()).toBe(0);
    });
    expect(complaints).toEqual([]);
    expect(panelWords(contents(outDir))).toEqual([]);
  });

  test("runs the first lines of the README as they stand there", async () => {
    const readme = readFileSync(join(home, "node_modules/macho-cache/README.md"), "utf8");
    const [, code = ""] = /```tsx\n([\s\S]*?)```/.exec(readme) ?? [];
    expect(code).toContain("export const App");
    writeFileSync(join(home, "script/readme-app.tsx"), code);
    const outDir = await bundle("readme", { entryPoints: { main: "script/readme.jsx" }, jsx: "automatic" });
    writeFileSync(join(outDir, "film.json"), JSON.stringify({ title: "Ran" }));
    const complaints = await visit(browser, outDir, (page) => page.getByRole("heading", { name: "Ran" }).waitFor());
    expect(complaints).toEqual([]);
  });

  test("runs in a production build of esbuild, without a word of the panel", async () => {
    const outDir = await bundle("script-dist", {});
    const complaints = await visit(browser, outDir, (page) => page.getByText("5 in 2 entries").waitFor());
    expect(complaints).toEqual([]);
    expect(panelWords(contents(outDir))).toEqual([]);
  });

  test("shows the panel in a development build", async () => {
    const outDir = await bundle("script-development", { conditions: ["development"] });
    const complaints = await visit(browser, outDir, async (page) => {
      await page.getByText("5 in 2 entries").waitFor();
      await page.getByRole("tab", { name: "Overview" }).waitFor();
    });
    expect(complaints).toEqual([]);
    expect(panelWords(contents(outDir))).toEqual(PANEL_WORDS);
  });

  test("works in a page without a bundler, panel included", async () => {
    cpSync(join(home, "plain/index.html"), join(home, "index.html"));
    const complaints = await visit(browser, home, async (page) => {
      await page.getByText("a is 1").waitFor();
      await page.getByRole("tab", { name: "Entries" }).click();
      await page.getByText("1 key", { exact: true }).waitFor();
    });
    expect(complaints).toEqual([]);
  });
});
