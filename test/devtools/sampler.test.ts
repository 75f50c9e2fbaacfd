import type { Metrics } from "macho-cache";
import { describe, expect, test, vi } from "vitest";
import {
  CHANGE_DELAY,
  MAX_SAMPLED_SHARDS,
  MAX_SAMPLES,
  Sampler,
  type SamplerNews,
  sampleOfShard,
} from "../../src/devtools/sampler.ts";
import { FakeSource, ManualTime, metricsWith } from "./fake-source.ts";

function started(): { source: FakeSource; time: ManualTime; sampler: Sampler; stop: () => void } {
  const source = new FakeSource();
  const time = new ManualTime();
  const sampler = new Sampler(source, time);
  return { source, time, sampler, stop: sampler.start() };
}

const NO_REMOVALS = { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 };

describe("Sampler", () => {
  test("takes the counters it finds as the baseline, not as a jump", () => {
    const source = new FakeSource();
    source.current = metricsWith({ hits: 1_000, misses: 500 });
    const time = new ManualTime();
    const sampler = new Sampler(source, time);
    sampler.start();
    expect(sampler.samples).toEqual([]);
    time.advance(1_000);
    expect(sampler.samples).toMatchObject([{ hits: 0, misses: 0, hitRatio: null, afterGap: false }]);
  });

  test("reports what happened between two reads, by cause", () => {
    const { source, time, sampler } = started();
    const removals = { evicted: 3, expired: 2, replaced: 0, deleted: 0, cleared: 1 };
    source.current = metricsWith({ hits: 30, misses: 10, removals });
    time.advance(1_000);
    expect(sampler.samples).toMatchObject([{ seconds: 1, hits: 30, misses: 10, hitRatio: 0.75, removals }]);
  });

  test("keeps the latest ten minutes, oldest first", () => {
    const { source, time, sampler } = started();
    for (let second = 1; second <= MAX_SAMPLES + 5; second++) {
      source.current = metricsWith({ hits: (second * (second + 1)) / 2 });
      time.advance(1_000);
    }
    const hits = sampler.samples.map((sample) => sample.hits);
    expect(hits).toEqual(Array.from({ length: MAX_SAMPLES }, (_, index) => index + 6));
  });

  test("reads nothing and hears nothing while the page is hidden, and starts from a new baseline", () => {
    const { source, time, sampler } = started();
    time.advance(2_000);
    time.show(false);
    const { reads } = source;
    source.current = metricsWith({ hits: 5_000 });
    time.advance(60_000);
    expect([source.reads, source.subscribers, time.timers]).toEqual([reads, 0, 0]);
    time.show(true);
    time.advance(1_000);
    expect(sampler.samples.map(({ hits, afterGap }) => [hits, afterGap])).toEqual([
      [0, false],
      [0, false],
      [0, true],
    ]);
  });

  test("reads once in a page that is hidden from the start", () => {
    const [source, time] = [new FakeSource(), new ManualTime()];
    time.show(false);
    const sampler = new Sampler(source, time);
    const stop = sampler.start();
    time.advance(60_000);
    expect([sampler.metrics, source.reads, source.subscribers, time.timers]).toEqual([source.current, 1, 0, 0]);
    time.show(true);
    time.advance(1_000);
    expect(sampler.samples).toMatchObject([{ seconds: 1 }]);
    stop();
  });

  test("leaves no timer, listener or subscription after its undo, and can start again", () => {
    const { source, time, sampler, stop } = started();
    sampler.subscribe(() => undefined);
    expect([time.timers, time.watchers, source.subscribers]).toEqual([2, 1, 1]);
    stop();
    expect([time.timers, time.watchers, source.subscribers]).toEqual([0, 0, 0]);
    sampler.start()();
    expect([time.timers, time.watchers, source.subscribers]).toEqual([0, 0, 0]);
  });

  test("ends where the page is gone without a word, as after a test in a simulated one", () => {
    const { source, time, sampler } = started();
    const told: SamplerNews[] = [];
    sampler.subscribe((news) => told.push(news));
    time.visible = () => false;
    time.advance(5_000);
    expect([told, time.timers, source.subscribers]).toEqual([[], 0, 0]);
  });

  test("reads a client that cannot be listened to, or not be left, all the same", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const source = new FakeSource();
    const time = new ManualTime();
    source.subscribe = () => {
      throw new TypeError("nobody listens");
    };
    const deaf = new Sampler(source, time);
    const stop = deaf.start();
    deaf.subscribe(() => undefined);
    time.advance(2_000);
    expect(deaf.samples).toHaveLength(2);
    stop();
    source.subscribe = () => () => {
      throw new TypeError("nobody leaves");
    };
    const other = new Sampler(source, time);
    other.subscribe(() => undefined);
    other.start()();
    expect(time.timers).toBe(0);
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });

  test("takes counters of another shape for an error, which the pages show", () => {
    const { source, time, sampler } = started();
    source.current = { since: 0 } as unknown as Metrics;
    time.advance(1_000);
    expect(() => sampler.metrics).toThrow(TypeError);
  });

  test("starts anew when the metrics were reset, instead of showing negative numbers", () => {
    const { source, time, sampler } = started();
    source.current = metricsWith({ hits: 100 });
    time.advance(1_000);
    source.current = metricsWith({ hits: 2, since: 1 });
    time.advance(1_000);
    source.current = metricsWith({ hits: 7, since: 1 });
    time.advance(1_000);
    expect(sampler.samples.map(({ hits, afterGap }) => [hits, afterGap])).toEqual([
      [100, false],
      [5, true],
    ]);
  });

  test("reads counters that take long less often, so that they take a twentieth of the time at most", () => {
    const source = new FakeSource();
    const time = new ManualTime();
    source.reading = () => void (time.time += 200);
    new Sampler(source, time).start();
    source.reads = 0;
    const from = time.now();
    while (time.now() - from < 40_000) time.advance(1_000);
    expect(source.reads).toBeGreaterThan(5);
    expect((source.reads * 200) / (time.now() - from)).toBeLessThanOrEqual(1 / 20);
  });

  test("goes on at once after one reading that something else stalled", () => {
    const { source, time, sampler } = started();
    time.advance(2_000);
    source.reading = () => void (time.time += 800);
    time.advance(1_000);
    source.reading = undefined;
    source.reads = 0;
    time.advance(4_000);
    expect(source.reads).toBeGreaterThanOrEqual(3);
    expect(sampler.samples.at(-1)!.seconds).toBeLessThanOrEqual(2);
  });

  test("keeps what each of many shards did, up to a bound", () => {
    const { source, time, sampler } = started();
    const shards = (turn: number) =>
      Array.from({ length: MAX_SAMPLED_SHARDS + 1 }, (_, index) =>
        metricsWith({ hits: turn * index, misses: turn, removals: { ...NO_REMOVALS, expired: turn * 2 } }),
      );
    source.current = metricsWith({ shards: shards(1) });
    sampler.sample();
    time.advance(1_000);
    source.current = metricsWith({ shards: shards(2), hits: 9 });
    time.advance(1_000);
    const sample = sampler.samples.at(-1)!;
    expect(sampleOfShard(sample, 3)).toMatchObject({
      seconds: 1,
      hits: 3,
      misses: 1,
      hitRatio: 0.75,
      removals: { ...NO_REMOVALS, expired: 2 },
    });
    expect(sampleOfShard(sample, MAX_SAMPLED_SHARDS - 1).hits).toBe(MAX_SAMPLED_SHARDS - 1);
    expect(sample.shards.length).toBe(MAX_SAMPLED_SHARDS * 7);
    source.current = metricsWith({ shards: [metricsWith({})], since: 1 });
    time.advance(2_000);
    expect(sampler.samples.at(-1)!.shards.length).toBe(0);
  });

  test("survives counters that cannot be read, and gives the error to who asks for them", () => {
    const { source, time, sampler } = started();
    const told: SamplerNews[] = [];
    sampler.subscribe((news) => told.push(news));
    source.reading = () => {
      throw new TypeError("revoked");
    };
    time.advance(2_000);
    expect(told).toEqual(["sample", "sample"]);
    expect(() => sampler.metrics).toThrow("revoked");
    source.reading = undefined;
    time.advance(1_000);
    expect(sampler.metrics).toBe(source.current);
    expect(sampler.samples.at(-1)).toMatchObject({ seconds: 3 });
  });

  test("tells of many changes once, and of news of a client, only while somebody hears it", () => {
    const { source, time, sampler } = started();
    const news: SamplerNews[] = [];
    const leave = sampler.subscribe((each) => news.push(each));
    expect(time.timers).toBe(2);
    source.writes += 1_000;
    time.advance(CHANGE_DELAY);
    expect(news).toEqual(["change"]);
    time.advance(CHANGE_DELAY);
    expect(news).toEqual(["change"]);
    source.emit();
    source.emit();
    time.advance(CHANGE_DELAY);
    expect(news).toEqual(["change", "change"]);
    leave();
    expect([time.timers, source.subscribers]).toEqual([1, 0]);
  });

  test("tells of no change of a cache that cannot be read", () => {
    const { source, time, sampler } = started();
    const news: SamplerNews[] = [];
    source.version = () => {
      throw new TypeError("revoked");
    };
    sampler.subscribe((each) => news.push(each));
    time.advance(CHANGE_DELAY * 3);
    expect(news).toEqual([]);
  });

  test("goes on until the last of those who started it has stopped it", () => {
    const { time, sampler, stop } = started();
    const stopOther = sampler.start();
    stop();
    stop();
    expect([time.timers, time.watchers]).toEqual([1, 1]);
    stopOther();
    expect([time.timers, time.watchers]).toEqual([0, 0]);
  });
});
