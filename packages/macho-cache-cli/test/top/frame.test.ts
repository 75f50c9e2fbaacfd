import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutLine, padded, widthOf, wrapped } from "../../src/top/cells.ts";
import { frame } from "../../src/top/frame.ts";
import { shareBar, sparkline } from "../../src/top/sparkline.ts";
import type { KeyRow, TopState } from "../../src/top/top-state.ts";
import { TopStore } from "../../src/top/top-store.ts";
import { FIRST_VIEW } from "../../src/top/view.ts";
import { readingOf } from "./reading.ts";

const row = (key: string, rest: Partial<KeyRow> = {}): KeyRow => ({ key, type: "string", status: "stored", ...rest });

function stateOf(given: Partial<TopState>, ...readings: Parameters<typeof readingOf>[0][]): TopState {
  const store = new TopStore({}, true, () => 0);
  for (const reading of readings) store.read().history.add(readingOf(reading));
  store.set({ cache: "films", ...given });
  return store.read();
}

const textOf = (state: TopState, columns: number, rows: number): string[] =>
  frame(state, { columns, rows }).map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trimEnd(),
  );

describe("the screen", () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom("映画:1", "👩‍👩‍👧", "a\u001B[2J", "x".repeat(500)));

  test("fits into its terminal, whatever it shows", () => {
    const mode = fc.constantFrom("keys" as const, "entry" as const, "help" as const);
    const given = fc.record({
      columns: fc.integer({ min: 1, max: 200 }),
      rows: fc.integer({ min: 1, max: 60 }),
      keys: fc.array(texts, { maxLength: 30 }),
      mode,
      typed: fc.option(texts, { nil: undefined }),
      notice: fc.option(texts, { nil: undefined }),
      big: fc.boolean(),
    });
    fc.assert(
      fc.property(given, ({ columns, rows, keys, mode: shown, typed, notice, big }) => {
        const list = {
          rows: keys.map((key) => row(key, { reads: 1e9, size: 1e12, hits: 0.5 })),
          matched: 7,
          isFiltered: true,
          at: -1e6,
        };
        const view = {
          ...FIRST_VIEW,
          mode: shown,
          typed,
          chosen: keys[0] === undefined ? undefined : `string ${keys[0]}`,
        };
        const words = notice === undefined ? undefined : { words: notice, isAway: true, at: 0 };
        const figure = big ? 1e15 : 0;
        const loads = {
          started: figure,
          succeeded: figure,
          failed: figure,
          aborted: figure,
          joined: figure,
          p50: figure,
          p90: figure,
        };
        const state = stateOf(
          { list, view, notice: words },
          { at: 0 },
          { at: 1_000, hits: figure, loads, maxWeight: 5 },
        );
        const lines = frame(state, { columns, rows });
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          expect(line.reduce((sum, { text }) => sum + widthOf(text), 0)).toBeLessThanOrEqual(columns);
          // oxlint-disable-next-line no-control-regex -- these are what must not be there
          expect(line.map(({ text }) => text).join("")).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
        }
      }),
    );
  });

  test("keeps the chosen key in sight", () => {
    const keys = Array.from({ length: 100 }, (_, index) => row(`film:${index}`));
    const list = { rows: keys, matched: 100, isFiltered: false, at: 0 };
    for (let chosen = 0; chosen < 100; chosen++) {
      const state = stateOf({ list, view: { ...FIRST_VIEW, chosen: `string film:${chosen}` } }, {});
      expect(textOf(state, 60, 20).filter((line) => line.startsWith("> "))).toEqual([
        expect.stringMatching(new RegExp(`^> film:${chosen} `)),
      ]);
    }
  });

  test("says what a busy cache does, and that its page is gone", () => {
    const removals = { evicted: 50, expired: 3, replaced: 0, deleted: 0, cleared: 0 };
    const loads = { started: 13, succeeded: 9, failed: 2, aborted: 1, joined: 4, p50: 12.4, p90: 1_234 };
    const advice = { tone: "change" as const, kind: "size" as const, text: "Too small. ".repeat(20).trim() };
    const state = stateOf(
      {
        notice: { words: "The page has crashed. Waiting for films at port 9222.", isAway: true, at: 0 },
        list: {
          rows: [row("film:1", { reads: 1_234, status: "stale", ttlLeft: Infinity })],
          matched: 1,
          isFiltered: false,
          at: -12_000,
        },
      },
      { at: 0, since: null },
      {
        at: 2_000,
        since: null,
        hits: 300,
        misses: 100,
        sets: 50,
        size: 100,
        weight: 40,
        maxWeight: 80,
        shardCount: 4,
        refused: 2,
        removals,
        loads,
        advice,
        recordedSince: 0,
      },
    );
    expect(textOf(state, 100, 26)).toEqual([
      "films · recorded for 2 s",
      "entries    100 of 100  ████████████████████ 100%  policy lru  weight 40 of 80  4 shards",
      `hit ratio  75%, now 75%  ${" ".repeat(58)}▇▇ 1 min`,
      "requests   225/s  gets 400 (200/s)  sets 50 (25/s)  misses 100 (50/s)  refused 2",
      "removals   evicted 50 (25/s)  expired 3 (1.5/s)  replaced 0  deleted 0  cleared 0",
      "loads      1 running  2 failed  p50 12 ms, p90 1.2 s  9 done  4 joined  1 aborted",
      "advice     Too small. Too small. Too small. Too small. Too small. Too small. Too small. Too small.",
      "           Too small. Too small. Too small. Too small. Too small. Too small. Too small. Too small.",
      "           Too small. Too small. Too small. Too small.",
      "The page has crashed. Waiting for films at port 9222.",
      "  1 key, read 12 s ago                                                  status     ▼reads   ttl left",
      "  film:1                                                                 stale      1,234   for ever",
      ...Array<string>(13).fill(""),
      "q quit  ? help  s sort  / filter  Space pause  Enter facts  r reverse",
    ]);
    expect(textOf(state, 40, 9)[2]).toBe("The page has crashed. Waiting for films…");
  });
});

describe("cells", () => {
  test("a text is cut and filled to its width, and never beyond", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(widthOf(padded(text, width))).toBe(width);
        expect(widthOf(padded(text, width, "right"))).toBe(width);
        expect(
          cutLine([{ text }, { text }], width).reduce((sum, span) => sum + widthOf(span.text), 0),
        ).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("words are wrapped, and what has no room ends with a sign", () => {
    expect(wrapped("one two three", 7, 3)).toEqual(["one two", "three"]);
    expect(wrapped("one two three", 7, 1)).toEqual(["one tw…"]);
    expect(wrapped("one two three", 9, 1)).toEqual(["one two …"]);
    expect(wrapped("extraordinary", 5, 2)).toEqual(["extr…"]);
  });

  test("shares are bars", () => {
    expect(sparkline([0, 0.5, null, 0.99, 1])).toBe("▁▅ ██");
    expect(shareBar(0, 4)).toEqual({ full: "", rest: "░░░░" });
    expect(shareBar(0.01, 4)).toEqual({ full: "█", rest: "░░░" });
    expect(shareBar(1.5, 4)).toEqual({ full: "████", rest: "" });
  });
});
