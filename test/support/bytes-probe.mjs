// One process: what a cache of 100,000 entries of some kind takes, and what it says that it takes, as JSON.
// bytes-probe.mjs ENGINE KIND, with --expose-gc.
const [engine, kind] = process.argv.slice(2);
const { Cache, estimateBytes } = await import(engine);

const SIZE = 100_000;
/** A text in one piece: what a template puts together may be kept in pieces. */
const flat = (text) => Buffer.from(text).toString("latin1");
const whole = (index) => index;
const user = (index) => flat(`user:${index}:profile`);

/** Key and value by index. */
const KINDS = {
  "templates, integers": [(index) => `user:${index}:profile`, whole],
  "flat texts, integers": [user, whole],
  "integers, integers": [whole, whole],
  "integers, fractions": [whole, (index) => index + 0.5],
  "flat texts, flat texts of 200": [user, (index) => flat(`${"v".repeat(200)}${index}`)],
  "integers, wide texts": [whole, (index) => Buffer.from(`Ж${index}`.repeat(10), "utf16le").toString("utf16le")],
  "flat texts, objects of JSON": [
    user,
    (index) => JSON.parse(`{"id":${index},"name":"name${index}","tags":["a","b"],"at":{"x":1.5,"y":null}}`),
  ],
  "integers, arrays": [whole, (index) => [index, index + 1, index + 2]],
  "integers, arrays of fractions": [whole, (index) => Array.from({ length: 50 }, (_, at) => index + at / 3)],
  "flat texts, dates": [user, (index) => new Date(index)],
  "integers, maps": [whole, (index) => new Map([[1, index]])],
  "integers, sets": [whole, (index) => new Set([index, index + 1, index + 2])],
  "integers, bytes": [whole, () => new Uint8Array(200)],
  "integers, large records": [
    whole,
    (index) => (index % 10 ? null : Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, at]))),
  ],
};

function alive() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A cache, full of entries. */
function filled(size) {
  const [keyOf, valueOf] = KINDS[kind];
  const cache = new Cache({ maxCacheSize: size, ttl: 600_000 });
  for (let index = 0; index < size; index++) cache.set(keyOf(index), valueOf(index));
  return cache;
}

// What the engine compiles, and the texts that all share, are there before.
filled(2_000);
const before = alive();
const cache = filled(SIZE);
const bytes = alive() - before;
console.log(JSON.stringify({ kinds: Object.keys(KINDS), bytes, ...estimateBytes(cache) }));
