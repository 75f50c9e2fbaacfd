import { aim, aimsTable } from "./aims.mjs";

const OPEN = ["cache: overview", "cache: entries", "client: entries"];
const CLOSED = ["cache: closed", "client: closed"];
const LEAVING = [
  "keys of 10 characters that leave",
  "keys of 200 characters that leave",
  "keys of 10,000 characters that leave",
];

const whole = (value) => value.toFixed(0);
const one = (value) => value.toFixed(1);
const two = (value) => value.toFixed(2);
const atMost = (what, most, value, measured) => aim(what, `at most ${most}`, measured, value <= most);

function speedAims({ opened: { ms, ratio }, written, bursts }) {
  const worst = (names, figure) => Math.max(...names.map((name) => written[name][figure]));
  const frames = Math.min(...OPEN.map((name) => written[name].frames));
  const cold = Math.max(ms["cache: entries"].median, ms["client: entries"].median);
  const slowest = Math.max(
    ...["overview", "entries"].flatMap((page) => Object.values(bursts[page]).map((each) => each.ratio)),
  );
  const recorded = Math.max(
    ...Object.keys(bursts.closed).map((how) => bursts.closed[how].ms / bursts["closed, recording off"][how].ms),
  );
  const { share, frames: theirFrames } = written["tanstack: open"];
  return [
    atMost("10,000 keys, cold open, ms", 150, cold, whole(cold)),
    atMost(
      "the same of a client, the pointer on the button before, to TanStack's in the same round",
      1,
      ratio,
      `${two(ratio)} (${whole(ms["client: entries, pointer first"].median)} ms, TanStack ${whole(ms.tanstack.median)} ms)`,
    ),
    aim(
      "1,000 writes a second, open: frames a second",
      "at least 55",
      `${one(frames)} (TanStack ${one(theirFrames)})`,
      frames >= 55,
    ),
    atMost(
      "the same: % of a core, the app included",
      12,
      worst(OPEN, "share"),
      `${one(worst(OPEN, "share"))} (TanStack ${one(share)})`,
    ),
    atMost(
      "the same, closed",
      1.5,
      worst(CLOSED, "share"),
      `${one(worst(CLOSED, "share"))} (the app alone ${one(written["client: app alone"].share)})`,
    ),
    atMost("200,000 gets and sets, open to closed", 3, slowest, `${two(slowest)} (recorded to not: ${two(recorded)})`),
  ];
}

function memoryAims({ bytes, lives, bounds }) {
  const record = (what, most, value) => atMost(what, most, value / 1e6, two(value / 1e6));
  const kept = bytes["keys that stay"];
  const departed = Math.max(...LEAVING.map((name) => bytes[name] - kept));
  const each = LEAVING.map((name) => two((bytes[name] - kept) / 1e6)).join(", ");
  const { keys, text } = bounds;
  const most = (keys * BYTES_OF_DEPARTURE + text * TEXTS) / 1e6;
  return [
    record("record of a cache, MB", 1.2, kept),
    record("the same, with ttl and weight columns", 1.8, bytes["keys that stay, with ttl and weight"]),
    atMost(
      `on top of it, ${keys.toLocaleString("en")} departed keys with ${text.toLocaleString("en")} characters at most: keys of 10, 200 and 10,000 characters, MB`,
      most,
      departed / 1e6,
      each,
    ),
    ...Object.entries(lives).map(([name, { grown, slope, sizes }]) =>
      atMost(
        `${name}, minutes 10 to ${sizes.length - 1} of use: kB a minute`,
        10,
        Math.abs(slope),
        `${one(Math.round(10 * slope) / 10 + 0)} (${one(grown)} MB until then)`,
      ),
    ),
  ];
}

/** Bytes that one departure may take without its text; texts of misses, and half as many of what came instead, beside those that left. */
const BYTES_OF_DEPARTURE = 200;
const TEXTS = 2.5;

/** What was aimed at for the panel, and what came of it. */
export function panelAims(results) {
  const { environment, weight } = results;
  const kB = (bytes) => one(bytes / 1_000);
  return [
    aimsTable([
      ...speedAims(results),
      ...memoryAims(results),
      atMost("first page, kB as one bundle", 27, weight.first / 1_000, kB(weight.first)),
      atMost("all chunks, kB as one bundle", 60, weight.all / 1_000, kB(weight.all)),
    ]),
    "",
    `Chromium ${environment.chromium}, \`@tanstack/react-query-devtools\` ${environment.tanstack}, ${environment.cpu}. Each figure in a page of its own, by turns; medians. \`npm run bench -- panel\` writes this table.`,
  ].join("\n");
}
