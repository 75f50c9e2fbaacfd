// Tables of the guides have the names that the sources have.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { persist } from "macho-cache/persist";
import { keyvTier } from "macho-cache/persist/keyv";
import { MutationObserver, QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Names of an interface in the sources, in their order. */
function membersOf(file: string, name: string): string[] {
  const text = readFileSync(join(ROOT, "src", file), "utf8");
  const [, after = ""] = text.split(new RegExp(`^export interface ${name}\\b`, "m"));
  const [body = ""] = after.split(/^}$/m);
  return Array.from(body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm), ([, member = ""]) => member);
}

/** The first cells of a page's tables below a heading, as far as they are code. */
function namesBelow(page: string, heading: string): string[] {
  const section =
    readFileSync(join(ROOT, "docs", page), "utf8")
      .split(`\n${heading}\n`)[1]
      ?.split(/^#/m)[0] ?? "";
  const cells = section.split("\n").flatMap((row) => /^\| (.*?) \|/.exec(row)?.[1] ?? []);
  return cells.flatMap((cell) => Array.from(cell.matchAll(/`(\w+)[^`]*`/g), ([, name = ""]) => name));
}

test("the options of a query, of a call and of a list are those of the sources", () => {
  expect(namesBelow("queries.md", "## Options of a hook")).toEqual(membersOf("query/model/options.ts", "QueryOptions"));
  expect(namesBelow("client.md", "## Options of a call")).toEqual(["signal", "staleIfError"]);
  const ofPages = namesBelow("lists-and-streams.md", "## Options and fields of a list");
  expect(ofPages.slice(0, 5)).toEqual(membersOf("query/kinds/infinite.ts", "PageOptions"));
  const more = membersOf("query/kinds/infinite-observer.ts", "PagesResult");
  expect(ofPages.slice(5).toSorted()).toEqual(more.toSorted());
});

test("the fields of a query and of a mutation are those that their hooks give", () => {
  const client = new QueryClient();
  const ofQuery = Object.keys(client.observe("a", () => 1).getResult());
  expect(namesBelow("queries.md", "## What a hook gives").toSorted()).toEqual(ofQuery.toSorted());
  const ofMutation = Object.keys(new MutationObserver(client, { mutationFn: () => 1 }).getResult());
  expect(namesBelow("mutations.md", "## What a mutation's hook gives").toSorted()).toEqual(ofMutation.toSorted());
});

test.each([
  ["client.md", "## Options of a client", "query/client/client.ts", ["QueryClientOptions"]],
  ["client.md", "## Filters", "query/store/filter.ts", ["QueryFilter"]],
  [
    "fresh-data.md",
    "## Options of `invalidateQueries`",
    "query/client/invalidation.ts",
    ["InvalidateOptions", "LoadAgainOptions"],
  ],
  ["mutations.md", "## Options of `mutateQuery`", "query/mutation/mutate-query.ts", ["MutateQueryOptions"]],
  ["lists-and-streams.md", "## Options of a stream", "query/kinds/streamed.ts", ["StreamedQueryOptions"]],
  ["persistence.md", "## Options of `persist`", "persist/options.ts", ["PersistOptions"]],
  ["tabs.md", "## Options of `shareAcrossTabs`", "persist/tabs.ts", ["TabOptions"]],
  ["storages.md", "## See how a storage does", "core/lru/tier.ts", ["TierStatus"]],
])("%s, %s, has the names of %s", (page, heading, file, interfaces) => {
  const members = interfaces.flatMap((name) => membersOf(file, name));
  expect(members.length).toBeGreaterThan(1);
  expect(namesBelow(page, heading).toSorted()).toEqual(members.toSorted());
});

test("the options of a mutation are those of the sources", () => {
  const own = membersOf("query/mutation/mutation-options.ts", "MutationOptions");
  const all = [...own, ...membersOf("query/model/mutation-settings.ts", "MutationSettings")];
  expect(namesBelow("mutations.md", "## Options of a mutation").toSorted()).toEqual(all.toSorted());
});

test("what persist gives is all on its page", async () => {
  const persistence = persist(new QueryClient(), { scope: "ada", storage: keyvTier(new Map()) });
  expect(namesBelow("persistence.md", "## What `persist` gives").toSorted()).toEqual(
    Object.keys(persistence).toSorted(),
  );
  await persistence.stop();
});
