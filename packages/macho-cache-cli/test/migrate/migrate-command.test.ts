import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { run } from "../../src/program.ts";
import { filesOf } from "./harness/apps.ts";
import { writtenFolder } from "../support/migration.ts";

const HOOK = 'import { useQuery } from "@tanstack/react-query";\nuseQuery({ queryKey: ["a"], queryFn: () => 1 });\n';
const LEFT =
  'import { useQuery } from "@tanstack/react-query";\nuseQuery({ queryKey: ["a"], queryFn: () => 1, gcTime: 2 });\n';
const DONE =
  'import { useCachedQuery } from "macho-cache/react";\nuseCachedQuery({ queryKey: ["a"], fetcher: () => 1 });\n';

/** Runs `macho migrate`, and gives what it said. */
async function macho(...words: string[]): Promise<{ status: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await run(["migrate", ...words], {
    say: (text) => void out.push(text),
    note: (text) => void err.push(text),
    status: () => undefined,
    isInteractive: false,
    isScreen: false,
    columns: 80,
    rows: 24,
    colors: picocolors.createColors(false),
    ask: async () => "",
  });
  return { status, out: out.join("\n"), err: err.join("\n") };
}

function git(folder: string, ...words: string[]): void {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  execFileSync("git", ["-C", folder, ...who, ...words], { stdio: "ignore" });
}

async function within(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<void>): Promise<void> {
  const { folder, remove } = writtenFolder(files);
  try {
    await use(folder);
  } finally {
    remove();
  }
}

describe("macho migrate", () => {
  test("writes, says what it did, and ends with 0 when nothing is left", async () => {
    await within({ "src/a.ts": HOOK, "src/b.ts": "export const b = 1;\n" }, async (folder) => {
      chmodSync(join(folder, "src/a.ts"), 0o640);
      const { status, out } = await macho(folder, "--from", "tanstack-query");
      expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(DONE);
      expect(status).toBe(0);
      expect(out).toMatch(
        /^\d+ places in 1 file rewritten, of 2 files looked at\.\nNothing is left for a person\.\nNext: npm install macho-cache/,
      );
      expect(readdirSync(join(folder, "src"))).toEqual(["a.ts", "b.ts"]);
      expect(statSync(join(folder, "src/a.ts")).mode & 0o777).toBe(0o640);
      const again = await macho(folder, "--from", "tanstack-query");
      expect(again.out).toContain("0 places in 0 files rewritten");
      expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(DONE);
    });
  });

  test("ends with 1 when lines are left, and says where, what, why, and where to read more", async () => {
    await within({ "a.ts": LEFT }, async (folder) => {
      const { status, out } = await macho(folder, "--from", "tanstack-query");
      expect(status).toBe(1);
      expect(out).toContain(
        "a.ts:2:47  gcTime\n  A time after which unused data goes is not there: the bound of the cache decides. Delete it. Where data must go for its age, use ttl; where it must go at once, removeQueries.\n  https://macho-cache.dev/from-tanstack-query#options-of-a-query",
      );
      expect(out).toContain("1 line is left for a person: gcTime 1.");
    });
  });

  test("shows with --dry a difference that git applies, and writes nothing", async () => {
    await within({ "src/a.ts": HOOK.replaceAll("\n", "\r\n"), "src/b.ts": LEFT }, async (folder) => {
      git(folder, "init");
      const { status, out } = await macho(folder, "--from", "tanstack-query", "--dry");
      expect(status).toBe(1);
      expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(HOOK.replaceAll("\n", "\r\n"));
      expect(out).toContain(
        '--- a/src/b.ts\n+++ b/src/b.ts\n@@ -1,2 +1,2 @@\n-import { useQuery } from "@tanstack/react-query";',
      );
      writeFileSync(join(folder, "patch"), out.slice(0, out.indexOf("src/b.ts:2:")));
      git(folder, "apply", "patch");
      expect(readFileSync(join(folder, "src/a.ts"), "utf8")).toBe(DONE.replaceAll("\n", "\r\n"));
    });
  });

  test.each([".", "app/src"])("shows with --dry a difference of one folder that git applies in %s", async (place) => {
    await within({ "app/src/a.ts": HOOK, "app/b.ts": HOOK }, async (folder) => {
      git(folder, "init");
      const { out } = await macho(join(folder, "app/src"), "--from", "tanstack-query", "--dry");
      expect(out).toMatch(/^diff --git a\/app\/src\/a\.ts b\/app\/src\/a\.ts\n--- a\/app\/src\/a\.ts\n/);
      writeFileSync(
        join(folder, "patch"),
        out.slice(0, out.indexOf("\nNothing is left")).replace(/\n\d+ places.*$/, "\n"),
      );
      git(join(folder, place), "apply", join(folder, "patch"));
      expect(readFileSync(join(folder, "app/src/a.ts"), "utf8")).toBe(DONE);
      expect(readFileSync(join(folder, "app/b.ts"), "utf8")).toBe(HOOK);
    });
  });

  test("says what the declared type of errors is for", async () => {
    const provider = 'import { SWRConfig } from "swr";\nexport const a = <SWRConfig value={{}}>a</SWRConfig>;\n';
    await within({ "a.tsx": provider, "b.jsx": "const b = 1;\n" }, async (folder) => {
      const { out } = await macho(folder, "--from", "swr", "--dry");
      const words =
        "Register in a.tsx gives errors the type any, as in SWR. Write Error or unknown there for a checked type.";
      expect(out).toContain(words);
      const said = JSON.parse((await macho(folder, "--from", "swr", "--json")).out) as object;
      expect(said).toMatchObject({ errorType: { file: "a.tsx", type: "any" } });
      expect((await macho(folder, "--from", "swr")).out).not.toContain("Register");
    });
    await within({ "a.jsx": provider }, async (folder) => {
      expect((await macho(folder, "--from", "swr")).out).not.toContain("Register");
    });
  });

  test("writes JSON, and nothing else", async () => {
    await within({ "a.ts": LEFT }, async (folder) => {
      const { out, err, status } = await macho(folder, "--from", "tanstack-query", "--json", "--dry");
      expect(status).toBe(1);
      expect(err).toBe("");
      const said = JSON.parse(out) as { left: { line: number; doc: string }[]; changed: { difference: string }[] };
      expect(said).toMatchObject({ from: "tanstack-query", isDry: true, fileCount: 1, unreadable: [] });
      expect(said.left).toMatchObject([{ file: "a.ts", line: 2, column: 47, subject: "gcTime" }]);
      expect(said.changed[0]!.difference).toContain("+import { useCachedQuery }");
    });
  });

  test("refuses uncommitted changes, unless it is told to go on", async () => {
    await within({ "a.ts": HOOK, ".gitignore": "build\n", "build/c.ts": HOOK }, async (folder) => {
      git(folder, "init");
      const { status, err } = await macho(folder, "--from", "tanstack-query");
      expect(status).toBe(5);
      expect(err).toContain(
        "Uncommitted changes in .gitignore, a.ts: git could not tell them from those of this command, nor take them back. Commit or stash them, look first by --dry, or pass --force.",
      );
      expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(HOOK);
      git(folder, "add", ".");
      git(folder, "commit", "-m", "all");
      expect((await macho(folder, "--from", "tanstack-query")).status).toBe(0);
      expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(DONE);
      // What git ignores is not looked at.
      expect(readFileSync(join(folder, "build/c.ts"), "utf8")).toBe(HOOK);
      writeFileSync(join(folder, "a.ts"), HOOK);
      expect((await macho(folder, "--from", "tanstack-query", "--force")).status).toBe(0);
      expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(DONE);
    });
  });

  test("looks at sources alone, and leaves a file that it cannot read", async () => {
    const broken = `${HOOK}const = ;\n`;
    const files = { "a.mts": HOOK, "a.css": HOOK, "dist/a.ts": HOOK, "b.ts": broken, "c.js": "const error = ;\n" };
    await within(files, async (folder) => {
      mkdirSync(join(folder, "node_modules"));
      writeFileSync(join(folder, "node_modules/a.ts"), HOOK);
      symlinkSync(join(folder, "a.css"), join(folder, "c.ts"));
      const { status, out } = await macho(folder, "--from", "tanstack-query");
      expect(status).toBe(1);
      expect(out).toMatch(/b\.ts {2}was left alone, as it cannot be parsed: .*\(3:6\)/);
      expect(out).toContain("in 1 file rewritten, of 3 files looked at");
      expect(out).not.toContain("c.js");
      expect(readFileSync(join(folder, "b.ts"), "utf8")).toBe(broken);
      for (const name of ["a.css", "dist/a.ts", "node_modules/a.ts"])
        expect(readFileSync(join(folder, name), "utf8")).toBe(HOOK);
    });
  });

  test("says of an app what the guide shows", async () => {
    await within(filesOf("auth"), async (folder) => {
      const { out } = await macho(folder, "--from", "tanstack-query");
      const guide = readFileSync(new URL("../../../../docs/command.md", import.meta.url), "utf8");
      expect(guide).toContain(`$ macho migrate src --from tanstack-query\n${out}\n\`\`\``);
    });
  });

  test("takes one file", async () => {
    await within({ "a.ts": HOOK, "b.ts": HOOK }, async (folder) => {
      expect((await macho(join(folder, "a.ts"), "--from", "tanstack-query")).status).toBe(0);
      expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(DONE);
      expect(readFileSync(join(folder, "b.ts"), "utf8")).toBe(HOOK);
    });
  });

  test("says what is wrong with what was typed", async () => {
    expect(await macho("/nowhere/at/all", "--from", "swr")).toMatchObject({
      status: 2,
      err: "macho: There is nothing at /nowhere/at/all. Name a folder or a file.",
    });
    expect((await macho(".", "--from", "redux")).err).toContain("Allowed choices are tanstack-query, swr");
    expect((await macho(".")).err).toContain("required option '--from <library>' not specified");
  });
});
