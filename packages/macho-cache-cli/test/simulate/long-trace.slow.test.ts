import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip, type Gzip } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtCommand } from "../../../../scripts/command.mjs";
import type { TraceResult } from "../../src/simulate/result.ts";
import { scratch } from "../support/simulated.ts";

/** Old objects of each thread, in MB. What is held by numbers is beside it. */
const HEAP = 64;
/** MB of the whole process. Node alone takes 60. The trace has 130. */
const PEAK = 350;
const REQUESTS = 10_000_000;
const KEYS = 600_000;

const files = scratch();
afterAll(files.remove);
const peak = files.file("peak", "");
const trace = `${dirname(peak)}/requests.txt.gz`;

beforeAll(async () => {
  const gzip = createGzip({ level: 1 });
  const done = once(gzip.pipe(createWriteStream(trace)), "finish");
  await writeRequests(gzip);
  await done;
}, 300_000);

/** Ten million lines; few keys are asked for often. Every seventh key comes once. */
async function writeRequests(out: Gzip): Promise<void> {
  let x = 0x9e3779b9;
  let nextOnce = 0;
  for (let at = 0; at < REQUESTS;) {
    let text = "";
    for (const end = at + 50_000; at < end; at++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      const u = (x >>> 0) / 2 ** 32;
      text += at % 7 === 0 ? `/once/${nextOnce++}\n` : `/films/${Math.floor(KEYS * u * u * u)}\n`;
    }
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
}

interface Run extends TraceResult {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Runs the built command in little memory. */
async function run(...words: string[]): Promise<Run> {
  const probe = fileURLToPath(new URL("../support/peak-memory.mjs", import.meta.url));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP}`, "--import", probe, builtCommand(), "simulate", trace, "--json", ...words],
    { env: { ...process.env, PEAK_MEMORY: peak }, stdio: ["ignore", "pipe", "inherit"] },
  );
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  const [status] = (await once(child, "close")) as [number];
  expect(status).toBe(0);
  const [result] = (JSON.parse(out) as { traces: TraceResult[] }).traces;
  const seconds = (performance.now() - began) / 1_000;
  return { ...result!, seconds, megabytes: Number(readFileSync(peak, "utf8")) };
}

describe("a trace of ten million lines", () => {
  test("is simulated in bounded memory, as a sample above a million keys", async () => {
    expect(statSync(trace).size).toBeGreaterThan(30e6);
    const { requests, keys, sampleRate, policies, seconds, megabytes } = await run(
      "--policy",
      "lru,sieve,s3fifo",
      "--size",
      "1000,10000,100000",
    );
    console.log(
      `${Math.round(REQUESTS / seconds).toLocaleString("en-US")} lines a second, peak ${Math.round(megabytes)} MB`,
    );
    expect(requests).toBe(REQUESTS);
    // Nearly all of 600,000, and one in seven lines.
    expect(keys / (KEYS + REQUESTS / 7)).toBeGreaterThan(0.97);
    expect(keys / (KEYS + REQUESTS / 7)).toBeLessThan(1.01);
    expect(sampleRate).toBe(0.25);
    expect(megabytes).toBeLessThan(PEAK);
    for (const { ratios } of policies) {
      expect(ratios.map(({ missRatio }) => missRatio)).toEqual(
        ratios.map(({ missRatio }) => missRatio).sort((one, other) => other - one),
      );
      for (const { error } of ratios) expect(error).toBeLessThan(0.05);
    }
  }, 400_000);

  test("with every key, its figures are within the errors that the sample says, in bounded memory", async () => {
    const words = ["--policy", "lru,sieve", "--size", "100000"];
    const all = await run(...words, "--max-keys", "4000000");
    const sample = await run(...words, "--sample", "0.1");
    console.log(
      `${all.keys} keys: ${Math.round(all.seconds)} s, peak ${Math.round(all.megabytes)} MB; a tenth: ${Math.round(sample.seconds)} s, ${Math.round(sample.megabytes)} MB`,
    );
    expect(all.sampleRate).toBe(1);
    expect(all.megabytes).toBeLessThan(PEAK);
    // A tenth of the work, but for reading.
    expect(sample.megabytes).toBeLessThan(all.megabytes);
    sample.policies.forEach(({ ratios }, policy) =>
      ratios.forEach(({ missRatio, error }, at) => {
        expect(Math.abs(missRatio - all.policies[policy]!.ratios[at]!.missRatio)).toBeLessThanOrEqual(error);
      }),
    );
  }, 400_000);
});
