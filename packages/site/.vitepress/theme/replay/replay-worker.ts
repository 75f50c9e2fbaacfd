// Reads a trace and replays it, away from the page. Each message is one result.
import { isSample, sampleTrace } from "./sample-traces.ts";
import { LruCurve, type PolicyResult, replays, sizesFor } from "./replays.ts";
import { readTrace, type Trace } from "./trace.ts";

/** What the page asks for: a sample by its kind, or the text of a file; and the size that the reader has now. */
export type ReplayQuestion = {
  readonly size: number;
} & ({ readonly sample: string } | { readonly name: string; readonly text: string });

export type ReplayAnswer =
  | { readonly type: "trace"; readonly trace: TraceFacts; readonly sizes: readonly number[]; readonly size: number }
  | { readonly type: "policy"; readonly result: PolicyResult; readonly lruSize: number | undefined }
  | { readonly type: "end" }
  | { readonly type: "error"; readonly message: string };

/** What the page shows of a trace. */
export interface TraceFacts {
  readonly name: string;
  readonly accesses: number;
  readonly keyCount: number;
  readonly notes: readonly string[];
}

const send = (message: ReplayAnswer): void => postMessage(message, {});

function traceOf(question: ReplayQuestion): Trace {
  if ("text" in question) return readTrace(question.name, question.text);
  if (isSample(question.sample)) return sampleTrace(question.sample);
  throw new Error(`There is no sample ${question.sample}.`);
}

function answer(question: ReplayQuestion): void {
  const trace = traceOf(question);
  const { name, keys, keyCount, notes } = trace;
  const sizes = sizesFor(keyCount, question.size);
  send({ type: "trace", trace: { name, accesses: keys.length, keyCount, notes }, sizes, size: question.size });
  const lru = new LruCurve(trace);
  const own = sizes.indexOf(question.size);
  for (const result of replays(trace, sizes, lru)) {
    send({ type: "policy", result, lruSize: lru.sizeFor(result.hitRatios[own]!) });
  }
  send({ type: "end" });
}

addEventListener("message", ({ data }: MessageEvent<ReplayQuestion>) => {
  try {
    answer(data);
  } catch (error) {
    send({ type: "error", message: error instanceof Error ? error.message : String(error) });
  }
});
