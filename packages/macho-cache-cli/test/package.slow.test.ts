import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";

const HOME = fileURLToPath(new URL("..", import.meta.url));
let folder: string;
let packed: string[];

function run(
  command: string,
  args: readonly string[],
  cwd = folder,
): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

beforeAll(() => {
  builtCommand();
  folder = mkdtempSync(join(tmpdir(), "macho-install-"));
  // The build was done once for all tests.
  const pack = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], HOME);
  expect(pack.err).not.toContain("npm error");
  const [{ files }] = JSON.parse(pack.out) as [{ files: { path: string }[] }];
  packed = files.map(({ path }) => path);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  const install = run("npm", [
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--loglevel",
    "error",
    `./${tarball}`,
  ]);
  expect(install).toMatchObject({ status: 0, err: "" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the command, packed and installed", () => {
  test("has its program, guide and licence, and nothing else", () => {
    expect(packed.filter((path) => !/^dist\/[\w-]+\.js$/.test(path)).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "package.json",
    ]);
    expect(packed).toContain("dist/macho.js");
  });

  test("runs by its name, and says what to do where nothing listens", () => {
    const { version } = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as { version: string };
    expect(run("npx", ["macho", "--version"])).toEqual({ status: 0, out: `${version}\n`, err: "" });
    const list = run("node_modules/.bin/macho", ["list", "--port", "1"]);
    expect(list).toMatchObject({ status: 3, out: "" });
    expect(list.err).toContain("No target on port 1 of 127.0.0.1.");
  });

  test("has help with an example for each command", () => {
    const { out } = run("node_modules/.bin/macho", ["--help"]);
    const names = Array.from(out.matchAll(/^ {2}(\w+)(?: |$)/gm), ([, name]) => name!).filter(
      (name) => name !== "help",
    );
    expect(names).toContain("list");
    const without = names.filter((name) => !/Examples?:/.test(run("node_modules/.bin/macho", [name, "--help"]).out));
    expect(without).toEqual([]);
  });

  test("imports nothing that it does not install", () => {
    const { dependencies } = JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const files = packed.filter((path) => path.endsWith(".js")).map((path) => readFileSync(join(HOME, path), "utf8"));
    const names = files.flatMap((text) =>
      Array.from(text.matchAll(/(?:from|import\()\s*"([^".][^"]*)"/g), ([, name]) => name!),
    );
    const packages = names
      .filter((name) => !name.startsWith("node:"))
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
  });
});
