import { describe, expect, test } from "vitest";
import { MAX_GHOSTS, MAX_REMOVALS } from "../../src/devtools/removal-log.ts";
import { CHANGE_DELAY, MAX_SAMPLES, Sampler, type SamplerNews } from "../../src/devtools/sampler.ts";
import { FakeSource, ManualTime, metricsWith } from "./fake-source.ts";

function started(): { source: FakeSource; time: ManualTime; sampler: Sampler; stop: () => void } {
  const source = new FakeSource();
  const time = new ManualTime();
  const sampler = new Sampler(source, time);
  return { source, time, sampler, stop: sampler.start() };
}

const removal = (key: unknown, cause: "evicted" | "replaced") => ({ type: "removal", key, value: 1, cause }) as const;
const set = (key: unknown) => ({ type: "set", key, value: 1 }) as const;

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

  test("leaves no timer, listener or subscription after its undo, and can start again", () => {
    const { source, time, sampler, stop } = started();
    source.emit(set("a"));
    stop();
    expect([time.timers, time.watchers, source.subscribers]).toEqual([0, 0, 0]);
    sampler.start()();
    expect([time.timers, time.watchers, source.subscribers]).toEqual([0, 0, 0]);
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

  test("tells of many changes once", () => {
    const { source, time, sampler } = started();
    const news: SamplerNews[] = [];
    sampler.subscribe((each) => news.push(each));
    for (let index = 0; index < 1_000; index++) source.emit(set(index));
    time.advance(CHANGE_DELAY);
    expect(news).toEqual(["change"]);
  });
});

describe("RemovalLog", () => {
  test("lists the latest removals, newest first, with cause and time", () => {
    const { source, time, sampler } = started();
    source.emit(removal("a", "evicted"));
    time.advance(10);
    source.emit(removal(["b", 1], "replaced"));
    expect(sampler.log.latest()).toEqual([
      { id: 2, key: '["b",1]', cause: "replaced", at: 1_000_010 },
      { id: 1, key: "a", cause: "evicted", at: 1_000_000 },
    ]);
  });

  test("keeps a rare cause while a busy one is dropped", () => {
    const { source, sampler } = started();
    source.emit(removal("rare", "evicted"));
    for (let index = 0; index < 500; index++) source.emit(removal(index, "replaced"));
    expect(sampler.log.latest("replaced")).toHaveLength(MAX_REMOVALS);
    expect(sampler.log.latest("evicted")).toMatchObject([{ key: "rare" }]);
  });

  test("counts evicted keys that are stored again, and forgets them beyond a bound", () => {
    const { source, sampler } = started();
    for (let index = 0; index < MAX_GHOSTS + 1; index++) source.emit(removal(index, "evicted"));
    source.emit(set(0));
    source.emit(set(1));
    source.emit(set("new"));
    expect(sampler.log.regret).toEqual({ evicted: MAX_GHOSTS + 1, returned: 1, missing: 0 });
    source.emit(removal(1, "evicted"));
    expect(sampler.log.regret).toEqual({ evicted: MAX_GHOSTS + 2, returned: 1, missing: 1 });
  });
});
