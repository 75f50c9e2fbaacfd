// The example of two servers that share a Redis, measured longer than it measures itself. Run by run.mjs.
import { spawnSync } from "node:child_process";
import { build } from "../examples/fleet/build.mjs";
import { findRedis } from "../scripts/redis.mjs";
import { environment, writeResults } from "./statistics.mjs";

/** Of each row: a broken Redis is tried again after 5 s at the latest. */
const SECONDS = 8;
const ROUNDS = 3;

const said = spawnSync(findRedis(), ["--version"], { encoding: "utf8" }).stdout;
const redis = /v=([\d.]+)/.exec(said)?.[1] ?? said.trim();
const { measure } = await build();
const rounds = [];
for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(SECONDS, (row) => console.log(row)));
// A round that the machine disturbed is longer in all its times: a row is that of its quietest round.
const rows = rounds[0].rows.map((_, at) => {
  const [quietest] = rounds.map(({ rows: all }) => all[at]).toSorted((one, other) => one.p99 - other.p99);
  return quietest;
});
writeResults("fleet", { environment: { ...environment(), redis }, ...rounds[0], rounds: ROUNDS, rows });
