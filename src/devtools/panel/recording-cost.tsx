/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CacheRecording, type Recordable, recordableCache } from "../../simulate/cache-recording.ts";
import type { Recording } from "../recording.ts";
import { cacheOf } from "../source.ts";
import { fineDuration } from "./format.ts";
import { engineOf } from "./self-test.ts";
import { Pref } from "./pref.tsx";

/** Reads that are timed together, far more than fit between two steps of a browser's clock, and how often. */
const BATCH = 50_000;
const ROUNDS = 7;
const ENTRIES = 100;

/** What recording costs a read, measured where the reader is: a figure from elsewhere would be of another machine. */
export function RecordingCost({ recording }: { recording: Recording }): JSX.Element {
  const [words, say] = useState("");
  const measure = (): void => {
    const { off, on } = timed(cacheOf(recording.source.target));
    say(`A read takes ${fineDuration(off)}, and ${fineDuration(on)} while it is recorded.`);
  };
  const control = (
    <button type="button" class="small-button" onClick={measure}>
      Measure
    </button>
  );
  return (
    <Pref label="Time of recording" control={control}>
      <span role="status">{words}</span> Reads a cache of its own, for about a tenth of a second.
    </Pref>
  );
}

/** Ms of a read of a cache of the same engine, recorded and not: the best of some rounds, by turns. */
function timed(target: object): { off: number; on: number } {
  const cache = new (engineOf(target))({ maxCacheSize: ENTRIES });
  for (let key = 0; key < ENTRIES; key++) cache.set(key, key);
  let [off, on] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    off = Math.min(off, batch(cache));
    // An engine's cache is one that can be recorded: that was asked before.
    const recorded = new CacheRecording(recordableCache(cache as object as Recordable), { size: BATCH });
    on = Math.min(on, batch(cache));
    recorded.stop();
  }
  cache.dispose();
  return { off, on };
}

function batch(cache: { get(key: number): unknown }): number {
  const started = performance.now();
  for (let read = 0; read < BATCH; read++) cache.get(read % ENTRIES);
  return (performance.now() - started) / BATCH;
}
