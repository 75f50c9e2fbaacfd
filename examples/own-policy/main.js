import { loop, missesOf } from "./compare.js";
import { mru } from "./mru.js";

const PAGES = 120;
const ROUNDS = 50;
for (const strategy of ["lru", "fifo", "random", mru()]) {
  const name = typeof strategy === "string" ? strategy : strategy.name;
  const misses = missesOf(loop(PAGES, ROUNDS), strategy, 100);
  console.log(`${name.padEnd(6)} misses ${misses} of ${PAGES * ROUNDS}`);
}
