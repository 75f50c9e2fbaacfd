import { Cache } from "macho-cache";
import { MutationObserver } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { canGoOffline, goOffline } from "../../src/devtools/offline.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { settled } from "../support/deferred.ts";
import { backend, client, inQueryWorld, page, watch } from "../support/query-world.ts";
import { ManualTime } from "./fake-source.ts";

inQueryWorld({ queries: { staleTime: Infinity } });

let recording: Recording;

beforeEach(() => {
  recording = new Recording(client, new ManualTime());
});

const status = (key: string): unknown => client.getQueryState(key)?.fetchStatus;

test("loads wait while a client feigns to be offline, those under way go on, and all go on afterwards", async () => {
  const before = watch("before");
  goOffline(recording);
  watch("during");
  await settled();
  expect([status("before"), status("during"), backend.count]).toEqual(["fetching", "paused", 1]);
  await backend.answer(0, "came");
  expect(before.data).toBe("came");
  recording.goOnline!();
  await settled();
  expect([status("during"), backend.count, recording.goOnline]).toEqual(["fetching", 2, undefined]);
  // A plain field as before.
  expect(Object.getOwnPropertyDescriptor(client.host, "isOnline")).toMatchObject({ value: true, writable: true });
});

test("mutations wait as well, and go first afterwards", async () => {
  goOffline(recording);
  const sent: string[] = [];
  const observer = new MutationObserver<unknown>(client, { mutationFn: async () => sent.push("POST") });
  observer.actions.mutate();
  watch("film");
  await settled();
  expect([sent, observer.getResult().isPaused, backend.count]).toEqual([[], true, 0]);
  recording.goOnline!();
  await settled();
  expect([sent, backend.count]).toEqual([["POST"], 1]);
});

test("a page that tells of its network meanwhile ends nothing, and what it told last holds afterwards", async () => {
  goOffline(recording);
  watch("film");
  page.goOffline();
  page.goOnline();
  await settled();
  expect([status("film"), client.host.isOnline, backend.count]).toEqual(["paused", false, 0]);
  page.goOffline();
  recording.goOnline!();
  await settled();
  expect([status("film"), client.host.isOnline]).toEqual(["paused", false]);
  page.goOnline();
  await settled();
  expect([status("film"), client.host.isOnline, backend.count]).toEqual(["fetching", true, 1]);
});

test("a second feint is none, and the end of a client that is gone does nothing", async () => {
  goOffline(recording);
  const end = recording.goOnline;
  goOffline(recording);
  expect(recording.goOnline).toBe(end);
  client.dispose();
  end!();
  expect([recording.goOnline, client.host.isOnline]).toEqual([undefined, true]);
});

test("loads that wait for a client that nobody shows any more go on in the end", async () => {
  goOffline(recording);
  client.fetchQuery("film", backend.fetcher).catch(() => undefined);
  client.unmount();
  await settled();
  expect(backend.count).toBe(0);
  recording.goOnline!();
  await settled();
  expect(backend.count).toBe(1);
});

test("only a client can be taken off its network", () => {
  expect(canGoOffline(recording)).toBe(true);
  const cache = new Recording(new Cache(), new ManualTime());
  expect(canGoOffline(cache)).toBe(false);
  goOffline(cache);
  expect(cache.goOnline).toBeUndefined();
});
