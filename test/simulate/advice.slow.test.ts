import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { RECORDED_PRESENT } from "../support/traces.ts";
import { HELD_OUT } from "./loads/held-out.ts";
import type { Load } from "./loads/load.ts";
import { TUNING } from "./loads/tuning.ts";
import { type Advised, type Verdict, verdictOn } from "./verdict.ts";

/** Where `npm run bench -- advice` wants the figures. */
const RESULTS = process.env["ADVICE_RESULTS"];
/** The loads that are looked at: `tuning` alone while thresholds are chosen. */
const SETS = (process.env["ADVICE_SETS"] ?? "tuning,held out").split(",");

const verdicts: (Verdict & { readonly set: string })[] = [];

describe("what is advised", () => {
  const sets = [
    { set: "tuning", loads: TUNING },
    { set: "held out", loads: HELD_OUT },
  ];
  const chosen = sets.filter(({ set }) => SETS.includes(set));
  const cases = chosen.flatMap(({ set, loads }) => loads.map((load) => ({ name: load.name, set, load })));

  test.each(cases)("$name ($set)", async ({ set, load }) => {
    const verdict = await verdictOn(load);
    verdicts.push({ ...verdict, set });
    if (!isAsItShouldBe(verdict)) console.log(told(verdict, load));
    expect(verdict.text).not.toBe("");
  });
});

describe("all of them together", () => {
  test("the headline is right in 95%", () => {
    expect(share(verdicts, ({ isRight }) => isRight)).toBeGreaterThanOrEqual(0.95);
  });

  test("promise and outcome are within a point in 90% of what stays as it is", () => {
    const stationary = verdicts.filter(({ isStationary, advised }) => isStationary && advised);
    const isClose = ({ advised }: Verdict): boolean => Math.abs(advised!.promise - advised!.outcome) <= 1;
    expect(share(stationary, isClose)).toBeGreaterThanOrEqual(0.9);
  });

  test("the outcome is within the range that was named in 90%", () => {
    const promised = verdicts.filter(({ advised }) => advised);
    expect(share(promised, ({ advised }) => isWithin(advised!))).toBeGreaterThanOrEqual(0.9);
  });

  test("there is never nothing to change where a remedy gains 3 points", () => {
    const hidden = verdicts.filter(({ missed }) => missed && missed.points >= 3);
    expect(hidden.map(({ name }) => name)).toEqual([]);
  });

  test("no change loses a point of what stays as it is", () => {
    const loses = (advised: Advised | null): boolean => advised !== null && advised.outcome <= -1;
    const lost = verdicts.filter(
      ({ isStationary, advised, second }) => isStationary && (loses(advised) || loses(second)),
    );
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});

afterAll(() => {
  if (!RECORDED_PRESENT) console.warn("The recorded traces are not beside this checkout: advice is told without them.");
  if (!RESULTS) return;
  const results = { hasTraces: RECORDED_PRESENT, loads: verdicts, measured: new Date().toISOString().slice(0, 10) };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
});

function isAsItShouldBe({ isRight, advised, missed }: Verdict): boolean {
  return isRight && (advised === null || isWithin(advised)) && (missed?.points ?? 0) < 3;
}

function isWithin({ from, to, outcome }: Advised): boolean {
  return outcome >= from && outcome <= to;
}

function share(among: readonly Verdict[], isGood: (verdict: Verdict) => boolean): number {
  expect(among.length).toBeGreaterThan(10);
  return among.filter(isGood).length / among.length;
}

function told({ isRight, headline, advised, second, missed, text }: Verdict, { expected }: Load): string {
  const right = isRight ? "right" : `WRONG, expected ${expected.join(" or ")}`;
  return [
    `${headline}: ${right}`,
    ...[advised, second].flatMap((each) => (each ? figures(each) : [])),
    ...(missed ? [`missed ${missed.points.toFixed(1)} by ${missed.by}`] : []),
    text,
  ].join("\n  ");
}

function figures({ change, promise, from, to, outcome }: Advised): string {
  const [promised, least, most, was] = [promise, from, to, outcome].map((points) => points.toFixed(1));
  return `${change}: ${promised} (${least} to ${most}), was ${was}`;
}
