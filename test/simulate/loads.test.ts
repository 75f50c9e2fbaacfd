import { expect, test } from "vitest";
import { RECORDED_PRESENT } from "../support/traces.ts";
import { HELD_OUT } from "./loads/held-out.ts";
import { drawsOf, type Load } from "./loads/load.ts";
import { TUNING } from "./loads/tuning.ts";
import { Script } from "./play.ts";

const ALL = [...TUNING, ...HELD_OUT];
const kindsOf = (loads: readonly Load[]): string[] => [...new Set(loads.map(({ kind }) => kind))].sort();

test("there are 48 loads and more, half of them held out, and each kind is on both sides", () => {
  if (!RECORDED_PRESENT) console.warn("The recorded traces are not beside this checkout: loads are without them.");
  expect(ALL.length).toBeGreaterThanOrEqual(48);
  expect(HELD_OUT).toHaveLength(TUNING.length);
  expect(kindsOf(HELD_OUT)).toEqual(kindsOf(TUNING));
});

test("no two loads have the same name, or the same seed", () => {
  const made = ALL.filter(({ kind }) => kind !== "recorded");
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  expect(new Set(made.map(({ seed }) => seed)).size).toBe(made.length);
});

test.each(ALL)("$name: two windows of operations, the same each time", (load) => {
  const script = new Script(load);
  expect(script.second).toHaveLength(script.first.filter((each) => each.type !== "wait").length + waits(script.second));
  const [one, other] = [load.operations(drawsOf(load.seed)), load.operations(drawsOf(load.seed))];
  for (let step = 0; step < 1_000; step++) expect(one.next()).toEqual(other.next());
});

function waits(operations: Script["second"]): number {
  return operations.filter(({ type }) => type === "wait").length;
}
