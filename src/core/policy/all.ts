import { arc } from "./arc.ts";
import { clock } from "./clock.ts";
import { fifo } from "./fifo.ts";
import { lfu } from "./lfu.ts";
import { lru } from "./lru.ts";
import { mfu } from "./mfu.ts";
import { random } from "./random.ts";
import { s3fifo } from "./s3fifo.ts";
import { sieve } from "./sieve.ts";
import { slru } from "./slru.ts";
import { tinylfu } from "./tinylfu.ts";
import { twoQueue } from "./two-queue.ts";

/** All policies by name: each makes the policy with its defaults, or with options of its own. */
export const allPolicies: Readonly<{
  lru: typeof lru;
  fifo: typeof fifo;
  random: typeof random;
  lfu: typeof lfu;
  mfu: typeof mfu;
  sieve: typeof sieve;
  s3fifo: typeof s3fifo;
  tinylfu: typeof tinylfu;
  clock: typeof clock;
  twoQueue: typeof twoQueue;
  arc: typeof arc;
  slru: typeof slru;
}> = Object.freeze({ lru, fifo, random, lfu, mfu, sieve, s3fifo, tinylfu, clock, twoQueue, arc, slru });
