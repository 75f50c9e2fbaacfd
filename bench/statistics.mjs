import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { cpus } from "node:os";

export const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

export const geometric = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** Subjects take turns at being first, so that none always meets the same state of the machine. */
export const turned = (things, by) => things.map((_, place) => things[(place + by) % things.length]);

export const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;

/** What was measured on. */
export const environment = () => ({ node: process.versions.node, cpu: cpus()[0]?.model ?? "unknown" });

/** The day of a measurement, as 2026-01-31. */
export const today = () => new Date().toISOString().slice(0, 10);

export function writeResults(name, results) {
  mkdirSync("bench/results", { recursive: true });
  writeFileSync(
    `bench/results/${name}.json`,
    `${JSON.stringify(Object.assign({ measured: "" }, results, { measured: today() }), null, 2)}\n`,
  );
}
