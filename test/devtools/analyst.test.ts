import { Cache } from "macho-cache";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Analyst } from "../../src/devtools/panel/analyst.ts";
import { Recording } from "../../src/devtools/recording.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { ManualTime } from "./fake-source.ts";

let cache: Cache<number, number>;
let recording: Recording;

beforeEach(async () => {
  cache = new Cache<number, number>({ maxCacheSize: 10, clock: new ManualClock() });
  recording = new Recording(cache, new ManualTime());
  recording.start();
  await vi.waitFor(() => expect(recording.accesses).toBeDefined(), 20_000);
});

afterEach(() => recording.stop());

/** An analyst, and what hears of each analysis that ended. */
function analystOf(): { analyst: Analyst; heard: ReturnType<typeof vi.fn<() => void>> } {
  const heard = vi.fn<() => void>();
  return { analyst: new Analyst(recording, heard), heard };
}

function use(lookups: number): void {
  for (let at = 0; at < lookups; at++) if (cache.get(at % 12) === undefined) cache.set(at % 12, at);
}

test("an analysis is made in slices, and heard of once", async () => {
  use(600);
  const { analyst, heard } = analystOf();
  analyst.begin();
  expect(analyst.analysis).toBeUndefined();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), 20_000);
  expect(analyst.analysis!.advice.lookups).toBe(300);
});

test("another one begins only when something has happened, and some time after the last", async () => {
  use(600);
  const { analyst, heard } = analystOf();
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 0.01));
  analyst.begin();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), 20_000);
  now += 60_000;
  analyst.beginInTurn();
  expect(analyst.isBusy).toBe(false);
  use(12);
  analyst.beginInTurn();
  expect(analyst.isBusy).toBe(true);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), 20_000);
  use(12);
  now += 4_000;
  analyst.beginInTurn();
  expect(analyst.isBusy).toBe(false);
  clock.mockRestore();
});

test("one that is stopped ends without a word", async () => {
  use(600);
  const { analyst, heard } = analystOf();
  analyst.begin();
  analyst.stop();
  const other = new Analyst(recording, heard);
  other.begin();
  await vi.waitFor(() => expect(other.analysis).toBeDefined(), 20_000);
  expect(analyst.analysis).toBeUndefined();
  expect(heard).toHaveBeenCalledOnce();
});

test("nothing is analysed where nothing is recorded", async () => {
  recording.stop();
  const analyst = new Analyst(recording, () => undefined);
  analyst.begin();
  await vi.waitFor(() => expect(analyst.isBusy).toBe(false), 20_000);
  expect(analyst.analysis).toBeUndefined();
});

test("a record that cannot be analysed is told on the console once, and ends nothing", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  use(10);
  Object.defineProperty(recording.accesses, "read", { value: () => ({ version: 7 }) });
  const analyst = new Analyst(recording, () => undefined);
  analyst.begin();
  await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), 20_000);
  expect(analyst.isBusy).toBe(false);
  warn.mockRestore();
});

test("where more look-ups are needed, the next one begins with the next sample", async () => {
  use(60);
  const { analyst, heard } = analystOf();
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 0.01));
  analyst.begin();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), 20_000);
  expect(analyst.analysis!.advice.kind).toBe("wait");
  use(600);
  now += 1_000;
  analyst.beginInTurn();
  expect(analyst.isBusy).toBe(true);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), 20_000);
  expect(analyst.analysis!.advice.kind).not.toBe("wait");
  clock.mockRestore();
});

test("where the code that records has not come yet, the next sample begins anew, though nothing has happened", async () => {
  use(600);
  const { accesses } = recording;
  recording.accesses = undefined;
  const { analyst, heard } = analystOf();
  analyst.begin();
  await vi.waitFor(() => expect(analyst.isBusy).toBe(false), 20_000);
  expect(heard).not.toHaveBeenCalled();
  recording.accesses = accesses;
  analyst.beginInTurn();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce(), 20_000);
});
