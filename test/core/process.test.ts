import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

/** Runs a script in a process of its own, beside the engine. */
function run(script: string): { status: number | null; output: string } {
  const { text } = buildSync({
    stdin: {
      contents: `import { Cache, exportCache } from "./index.ts";\n${script}`,
      resolveDir: fileURLToPath(new URL("../../src/core", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    write: false,
  }).outputFiles[0]!;
  const args = ["--input-type=module", "-e", text];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { timeout: 50_000, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

test("what somebody awaits keeps a process alive to its timeout", () => {
  const { status, output } = run(`
    const hung = () => new Promise(() => undefined);
    const error = await new Cache().getOrLoad("a", hung, { timeout: 60 }).catch((reason) => reason);
    console.log(error.code);
    const other = await new Cache({ timeout: 60 }).getOrLoad("a", hung).catch((reason) => reason);
    console.log(other.code);
  `);
  expect([output, status]).toEqual(["timeout\ntimeout\n", 0]);
});

test("clean-up keeps none alive, nor does a load in the background", () => {
  const began = performance.now();
  const { status, output } = run(`
    const cache = new Cache({ ttl: 3_600_000 }).set("a", 1);
    cache.getOrLoad("a", () => new Promise(() => undefined), { staleTime: 0, timeout: 3_600_000 });
    console.log(cache.size);
  `);
  expect([output, status]).toEqual(["1\n", 0]);
  expect(performance.now() - began).toBeLessThan(40_000);
});

test("a listener that throws is told on the console, and ends no process", () => {
  const { status, output } = run(`
    const fail = (what) => () => {
      throw new Error(what);
    };
    const cache = new Cache({ maxCacheSize: 1, ttl: 20, onRemoval: fail("removal") });
    cache.subscribe(fail("event"));
    cache.set("a", 1).set("b", 2);
    cache.getOrLoad("c", fail("loader")).catch(() => undefined);
    // The clean-up tells by itself.
    while (cache.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    console.log("still here", cache.size);
  `);
  expect(status).toBe(0);
  expect(output).toContain("still here 0");
  for (const [what, times] of [
    ["Error: removal", 2],
    ["Error: event", 5],
  ] as const) {
    expect([what, output.split(what).length - 1]).toEqual([what, times]);
  }
});

test("it runs where the host lacks what is newer, a console and timers included", () => {
  const { status, output } = run(`
    const { log } = console;
    delete Object.hasOwn;
    delete Array.prototype.at;
    delete String.prototype.at;
    delete AbortSignal.prototype.reason;
    for (const name of ["queueMicrotask", "WeakRef", "reportError", "structuredClone", "setTimeout", "clearTimeout", "console", "crypto"]) {
      delete globalThis[name];
      if (globalThis[name] !== undefined) throw new Error(name);
    }
    const cache = new Cache({ maxCacheSize: 4, ttl: 60_000, strategy: "sieve", bloom: true, shardCount: 2, onRemoval() { throw new Error("nobody hears it"); } });
    // So many that both shards are full, wherever chance puts the keys.
    for (let key = 0; key < 100; key++) cache.set(key, key);
    const abort = new AbortController();
    const left = cache.getOrLoad("a", (_key, { signal }) => new Promise(() => signal), { signal: abort.signal, timeout: 5_000 });
    abort.abort();
    const { name } = await left.catch((reason) => reason);
    const report = [cache.size, name, cache.metrics.removals.evicted, cache.metricLifespan.count, exportCache(cache).entries.length];
    try {
      new Cache({ size: 5 });
    } catch (error) {
      report.push(error.code);
    }
    log(report.join());
  `);
  expect([output.trim(), status]).toEqual(["4,AbortError,96,96,4,invalid-option", 0]);
});
