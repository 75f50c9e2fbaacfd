import { expect, it } from "vitest";
import { deferred } from "../support/deferred.ts";
import { drained } from "../support/drained.ts";
import { PersistedPage } from "../support/persisted-page.ts";

it("a write that fails does not take the place of a newer one", async () => {
  const page = new PersistedPage();
  await page.persistence.ready;
  const failure = deferred<never>();
  page.tier.before = (call) => (call === "write" ? failure.promise : undefined);
  page.client.setQueryData(["film"], "old");
  void page.persistence.flush();
  await drained();
  page.client.setQueryData(["film"], "new");
  failure.reject(new Error("broken"));
  await drained();
  page.tier.before = () => undefined;
  await page.persistence.flush();
  expect([...page.tier.records.values()].map(({ d }) => d)).toEqual(["new"]);
});

it("what was removed before the storage has said what it holds does not remove what was written since", async () => {
  const before = new PersistedPage();
  before.client.setQueryData(["film"], "old");
  await before.persistence.flush();
  const page = new PersistedPage(before.tier.records);
  page.client.removeQueries(["film"]);
  page.clock.advance(1);
  page.client.setQueryData(["film"], "new");
  await page.persistence.ready;
  await page.persistence.flush();
  expect([...page.tier.records.values()].map(({ d }) => d)).toEqual(["new"]);
});

it("a removal has one stamp, that of its mark, also where many keys go", async () => {
  const page = new PersistedPage();
  await page.persistence.ready;
  for (const at of [1, 2]) page.client.setQueryData(["film", at], at);
  await page.persistence.flush();
  page.client.removeQueries(["film"]);
  const stamps = page.persister.writes.all().map(([, { n }]) => String(n));
  expect(new Set(stamps)).toEqual(new Set([String(page.persister.marks.all().at(-1)!.n)]));
});
