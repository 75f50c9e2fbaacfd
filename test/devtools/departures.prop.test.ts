import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CAUSES,
  type Departure,
  Departures,
  MAX_EARLIER,
  MAX_INSTEAD_TEXT,
  MAX_TEXT,
  type PastDeparture,
} from "../../src/devtools/departures.ts";

/** Of many lengths, so that only some of the long ones fit. */
const LENGTHS = [1, 2, 999, 1_001, MAX_TEXT / 4, MAX_TEXT / 3];
const KEYS: readonly unknown[] = [
  ...LENGTHS.flatMap((length) => ["a", "b", "c"].map((letter) => letter.repeat(length))),
  0,
  1,
  NaN,
  undefined,
  null,
  true,
];

type Known = Omit<Departure, "earlier" | "instead"> & { past: PastDeparture[]; instead: unknown };

/** Lists of objects, that are searched from end to end: those that left last are the last ones. */
class SlowDepartures {
  known: Known[] = [];
  left = CAUSES.map(() => 0);
  unread = CAUSES.map(() => 0);
  serial = 0;

  depart(key: unknown, code: number, at: number, writtenAt: number | undefined, reads: number | undefined): void {
    const before = this.known.find((each) => Object.is(each.key, key));
    this.known = this.known.filter((each) => each !== before);
    if (reads === 0) this.unread[code]!++;
    this.known.push({
      serial: ++this.serial,
      key,
      cause: CAUSES[code]!,
      at,
      age: writtenAt === undefined ? undefined : at - writtenAt,
      reads,
      times: (before?.times ?? 0) + 1,
      nth: ++this.left[code]!,
      past: before ? [pastOf(before), ...before.past].slice(0, MAX_EARLIER) : [],
      instead: undefined,
      readBefore: (before?.readBefore ?? 0) + (before?.reads ?? 0),
    });
    while (this.known.reduce((sum, each) => sum + lengthOf(each.key), 0) > MAX_TEXT) this.#forget();
  }

  #forget(): void {
    const counts = CAUSES.map((cause) => this.known.filter((each) => each.cause === cause).length);
    const most = CAUSES[counts.indexOf(Math.max(...counts))];
    this.known.splice(
      this.known.findIndex(({ cause }) => cause === most),
      1,
    );
  }

  blame(key: unknown, at: number): void {
    for (const each of this.latest("evicted")) {
      if (each.at !== at || each.instead !== undefined) return;
      each.instead = lengthOf(key) > 1_000 ? null : key;
    }
  }

  latest(cause?: string): Known[] {
    return this.known.filter((each) => cause === undefined || each.cause === cause).reverse();
  }
}

const lengthOf = (key: unknown): number => (typeof key === "string" ? key.length : 0);
const pastOf = ({ cause, at, age, reads }: PastDeparture): PastDeparture => ({ cause, at, age, reads });
const told = ({ past, instead, ...rest }: Known): Departure => ({
  ...rest,
  earlier: past,
  instead: instead ?? undefined,
});

const steps = fc.array(
  fc.record({
    do: fc.constantFrom("depart", "depart", "depart", "blame", "wait"),
    key: fc.nat(KEYS.length - 1),
    cause: fc.constantFrom(0, 0, 0, 1, 2, 3, 4),
    age: fc.option(fc.nat(9), { nil: undefined }),
    reads: fc.option(fc.nat(3), { nil: undefined }),
  }),
  { maxLength: 200, size: "max" },
);

test("what is remembered of keys that left is what lists of objects would hold", () => {
  fc.assert(
    fc.property(steps, (todo) => {
      let now = 1_000.5;
      const departures = new Departures(() => now);
      const slow = new SlowDepartures();
      for (const { do: what, key: index, cause: code, age, reads } of todo) {
        const key = KEYS[index];
        const writtenAt = age === undefined ? undefined : now - age;
        if (what === "wait") now += 1.25;
        else if (what === "blame") {
          departures.blame(key, now);
          slow.blame(key, now);
        } else {
          departures.depart(key, CAUSES[code]!, writtenAt, reads);
          slow.depart(key, code, now, writtenAt, reads);
        }
      }
      expect(departures.size).toBe(slow.known.length);
      expect(CAUSES.map((cause) => [departures.left(cause), departures.unread(cause)])).toEqual(
        slow.left.map((left, code) => [left, slow.unread[code]]),
      );
      expect(departures.latest(99)).toEqual(slow.latest().map(told));
      for (const cause of CAUSES) expect(departures.latest(2, cause)).toEqual(slow.latest(cause).slice(0, 2).map(told));
      for (const key of KEYS) {
        const known = slow.known.find((each) => Object.is(each.key, key));
        expect(departures.departureOf(key)).toEqual(known && told(known));
      }
      const all = [...departures.departures()].sort((one, other) => one.serial - other.serial);
      expect(all).toEqual(slow.known.map(told));
    }),
    { numRuns: 300 },
  );
});

test("texts of what came instead are bounded together", () => {
  const departures = new Departures(() => 0);
  let at = 0;
  const written: string[] = [];
  for (; at < (3 * MAX_TEXT) / 1_000; at++) {
    departures.depart(at, "evicted");
    written.push(String(at).padStart(1_000, "0"));
    departures.blame(written[at], 0);
  }
  const toldOf = [...departures.departures()].filter(({ instead }) => instead !== undefined);
  expect(toldOf.length).toBeGreaterThan(0);
  expect(toldOf.length).toBeLessThanOrEqual(MAX_INSTEAD_TEXT / 1_000);
  expect(departures.departureOf(at - 1)!.instead).toBe(written[at - 1]);
});

test("a walk over all goes on while keys leave, and tells each as it is by then", () => {
  const departures = new Departures(() => 0);
  const long = (letter: string): string => letter.repeat(MAX_TEXT / 3);
  for (const key of [long("a"), "b", "c"]) departures.depart(key, "evicted");
  const walk = departures.departures();
  expect(walk.next().value).toMatchObject({ key: long("a"), times: 1 });
  departures.depart("c", "deleted");
  // The oldest of the most frequent cause goes, and its row is for the key that came.
  for (const letter of ["x", "y", "z"]) departures.depart(long(letter), "expired");
  const rest = [...walk].map(({ key, times, cause }) => [String(key)[0], times, cause]);
  expect(rest).toEqual([
    ["b", 1, "evicted"],
    ["c", 2, "deleted"],
  ]);
});
