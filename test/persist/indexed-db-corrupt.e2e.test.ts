import { cp, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHROMIUM_FLAGS, chromiumPath } from "../support/chromium.ts";
import { TierSite } from "../support/tier-site.ts";

const SCOPE = "macho.ada.";
let site: TierSite;
let folder: string;
/** A user's profile with entries. */
let profile: string;

const launch = (path: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(path, { executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });

beforeAll(async () => {
  [site, folder] = await Promise.all([TierSite.start(), mkdtemp(join(tmpdir(), "tier-"))]);
  profile = join(folder, "profile");
  const context = await launch(profile);
  const page = await site.visit(context);
  await page.evaluate(
    async (scope) => tierPage.tier.write(tierPage.changes(scope, 50, 10_000, [1, "a"]), scope),
    SCOPE,
  );
  await context.close();
});
afterAll(async () => {
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Where the browser keeps the databases of the site. */
async function filesOf(path: string): Promise<string[]> {
  const own = join(path, "Default/IndexedDB");
  const name = (await readdir(own)).find((each) => each.endsWith(".leveldb"));
  return (await readdir(join(own, name!))).map((file) => join(own, name!, file));
}

const GARBAGE = Buffer.alloc(5_000, 0xa5);
const FAULTS: [string, (file: string) => Promise<unknown> | undefined][] = [
  ["nothing is broken", () => undefined],
  ["its manifest is cut off", (file) => (/MANIFEST/.test(file) ? truncate(file, 20) : undefined)],
  ["it does not say what is current", (file) => (file.endsWith("CURRENT") ? rm(file) : undefined)],
  ["all of its files are overwritten", (file) => writeFile(file, GARBAGE)],
  ["its log and tables are gone", (file) => (/\.(log|ldb)$/.test(file) ? rm(file) : undefined)],
];

test.each(FAULTS)("a store on disk is used, or anew, or rejects, where %s", async (what, breakFile) => {
  const path = join(folder, what);
  await cp(profile, path, { recursive: true });
  let broken = 0;
  for (const file of await filesOf(path)) {
    const done = breakFile(file);
    if (done) broken++;
    await done;
  }
  expect(broken > 0).toBe(what !== "nothing is broken");
  const context = await launch(path);
  const page = await site.visit(context);
  const answers = await page.evaluate(async (scope) => {
    const { tier, tierRecord, outcome } = tierPage;
    const found = await outcome(
      Promise.resolve(tier.list(scope)).then(({ length }) => length),
      20_000,
    );
    const later: unknown[] = [];
    for (let call = 0; call < 5; call++) {
      const n = [2 + call, "b"] as const;
      later.push(await outcome(tier.write([{ id: `${scope}1`, n, record: tierRecord(n) }], scope), 20_000));
    }
    return [found, later.at(-1), await outcome(tier.get(`${scope}1`))];
  }, SCOPE);
  await context.close();
  if (broken === 0) expect(answers[0]).toEqual({ value: 50 });
  else expect(answers[0]).not.toBe("hangs");
  expect(answers.slice(1)).toEqual([{ value: [] }, { value: expect.objectContaining({ n: [6, "b"] }) }]);
});
