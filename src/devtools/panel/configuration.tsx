/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import { isWithinChance } from "./filter-health.ts";
import { clockTime, count, duration, percent } from "./format.ts";

/** One option: its name in the code, its value, and what that means. */
interface Setting {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** Which entry makes room. */
const STRATEGY_NOTES: Readonly<Record<string, string>> = {
  lru: "the least recently used entry makes room",
  fifo: "the entry stored longest ago makes room",
  random: "any entry makes room",
  lfu: "the least frequently used entry makes room",
  mfu: "the most frequently used entry makes room",
  sieve: "the oldest entry that was not read lately makes room",
  clock: "first in, first out, with a second chance for what was read",
  s3fifo: "what is new and not read again leaves first",
  twoQueue: "what is new waits in a queue of its own",
  arc: "balances what was used once and what was used often",
  slru: "what was read again is protected",
  tinylfu: "what is asked for more often stays",
};

/** How the cache was set up, by the names of its options. */
export function Configuration({ metrics }: { metrics: Metrics }): JSX.Element {
  return (
    <section class="card" aria-label="Configuration">
      <header class="card-head">
        <h3>Configuration</h3>
        <span class="note">
          {metrics.since === null
            ? "counting from the first operation on"
            : `counting since ${clockTime(metrics.since)}`}
        </span>
      </header>
      <dl class="settings">
        {settingsOf(metrics).map(({ name, value, note }) => (
          <div key={name} class="setting">
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <b>{value}</b> <span class="note">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function settingsOf(metrics: Metrics): Setting[] {
  const { maxCacheSize, ttl, timeToIdle, keepTtl, maxWeight, strategy, shardCount, exactClock } = metrics.options;
  const set = (name: string, value: string, note: string): Setting => ({ name, value, note });
  const either = (name: string, isOn: boolean, on: string, off: string): Setting =>
    set(name, isOn ? "on" : "off", isOn ? on : off);
  const bounded = (name: string, most: number, format: (value: number) => string, on: string, off: string): Setting =>
    most === Infinity ? set(name, "none", off) : set(name, format(most), on);
  return [
    set("maxCacheSize", count(maxCacheSize), "entries at most, over all shards"),
    bounded("maxWeight", maxWeight, count, "of all entries together, in your own unit", "entries have no weight"),
    bounded("ttl", ttl, duration, "after its write an entry is gone", "entries stay until they are evicted"),
    bounded("timeToIdle", timeToIdle, duration, "after its last access an entry is gone", "entries need no access"),
    either("keepTtl", keepTtl, "an overwrite keeps the time that was left", "an overwrite starts the ttl anew"),
    set("strategy", strategy, STRATEGY_NOTES[strategy] ?? "a policy of your own"),
    set(
      "shardCount",
      count(shardCount),
      shardCount === 1 ? "one part that holds all" : "parts that evict on their own",
    ),
    ...filterSettings(metrics),
    either("exactClock", exactClock, "every read asks the clock", "the time is kept between reads"),
  ];
}

function filterSettings({ options, filterRejections, falsePositives }: Metrics): Setting[] {
  if (options.filter === null) {
    return [{ name: "bloom", value: "off", note: "no filter in front of the entries" }];
  }
  const seen = rateWords(options.probability, falsePositives, filterRejections + falsePositives);
  return [
    {
      name: options.bloom ? "bloom" : "filter",
      value: options.bloom ? "on" : options.filter,
      note: `the filter answered ${count(filterRejections)} misses by itself`,
    },
    { name: "probability", value: percent(options.probability), note: `of false positives asked for; ${seen}` },
  ];
}

/** What was measured of the asked rate: a rate of few events lies beside it by chance. */
export function rateWords(asked: number, falsePositives: number, absent: number): string {
  if (absent === 0) return "nothing to measure yet";
  const rate = falsePositives / absent;
  const measured = `measured: ${percent(rate)} of ${count(absent)} misses`;
  if (rate <= asked) return measured;
  return isWithinChance(asked, falsePositives, absent)
    ? `${measured}, which is that rate within chance`
    : `${measured}: more than asked for`;
}
