import { MutationObserver, mutateQuery, mutationsOf, QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { isHeld, leftBehind } from "../../support/collect.ts";
import { deferred, settled } from "../../support/deferred.ts";

const CALLS = 5_000;
const ROUNDS = 8;

test("30. a settled mutation lets go of its promise and its function, while its state is kept", async () => {
  const client = new QueryClient();
  const start = (): WeakRef<object>[] => {
    const mutationFn = (): Promise<string> => Promise.resolve("done");
    const observer = new MutationObserver(client, { mutationFn });
    const promise = observer.actions.mutateAsync();
    return [new WeakRef(promise), new WeakRef(mutationFn), new WeakRef(observer)];
  };
  const held = start();
  await settled();
  const [mutation] = mutationsOf(client).getMutations();
  expect(mutation?.state).toMatchObject({ status: "success", data: "done" });
  for (const each of held) expect(await isHeld(each)).toBe(false);
  client.dispose();
});

test("nothing is left of mutations after clear: of settled ones, of those that wait, and of those that never end", async () => {
  const client = new QueryClient();
  const use = async (): Promise<void> => {
    for (let index = 0; index < CALLS; index++) {
      const kind = index % 3;
      const observer = new MutationObserver(client, {
        mutationFn: () => (kind === 0 ? { index } : kind === 1 ? new Promise(() => undefined) : Promise.reject(index)),
        scope: { id: String(index % 50) },
        mutationKey: ["item", index],
      });
      const leave = observer.subscribe(() => undefined);
      observer.actions.mutate();
      if (kind === 2) leave();
      void mutateQuery(client, ["item", index], Promise.resolve(index), { optimisticData: index });
    }
    await settled();
    mutationsOf(client).clear();
    client.clear();
    expect(mutationsOf(client).getMutations()).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve));
  };
  await use();
  const rounds = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) await use();
  };
  // Less than ten bytes for each call.
  const enough = 10 * CALLS * ROUNDS;
  expect(await leftBehind(rounds, enough)).toBeLessThan(enough);
  client.dispose();
}, 300_000);

test("a client that is gone takes its mutations along", async () => {
  const make = (): WeakRef<object>[] => {
    const client = new QueryClient();
    const observer = new MutationObserver(client, { mutationFn: () => deferred().promise });
    observer.actions.mutate();
    return [new WeakRef(client), new WeakRef(mutationsOf(client))];
  };
  for (const each of make()) expect(await isHeld(each)).toBe(false);
});
