import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesOf, migrateApp } from "./migrate/harness/apps.ts";
import { macho } from "./support/command.ts";
import { writtenFolder } from "./support/migration.ts";

test("the built command rewrites an app", async () => {
  const files = filesOf("todo-optimistic");
  const { folder, remove } = writtenFolder(files);
  try {
    const { status, out, err } = await macho(["migrate", folder, "--from", "tanstack-query"]);
    expect(err).toBe("");
    expect(out).toContain("Nothing is left for a person.");
    expect(status).toBe(0);
    const { after } = migrateApp("todo-optimistic", { from: "tanstack-query" });
    for (const name of Object.keys(files)) expect(readFileSync(join(folder, name), "utf8")).toBe(after[name]);
  } finally {
    remove();
  }
});
