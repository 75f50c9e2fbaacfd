import { onBeforeUnmount, reactive } from "vue";
import type { PolicyResult } from "./replays.ts";
import type { ReplayAnswer, ReplayQuestion, TraceFacts } from "./replay-worker.ts";

/** What is known of a replay so far. */
export interface ReplayState {
  status: "idle" | "running" | "done" | "failed";
  trace: TraceFacts | undefined;
  sizes: readonly number[];
  /** The size that was asked for. */
  size: number;
  results: { readonly result: PolicyResult; readonly lruSize: number | undefined }[];
  error: string;
}

const nothing = (): ReplayState => ({
  status: "idle",
  trace: undefined,
  sizes: [],
  size: 0,
  results: [],
  error: "",
});

/** One replay at a time, in a worker. A new question ends the one before, and so does leaving the page. */
export function useReplay(): {
  readonly state: ReplayState;
  readonly ask: (question: ReplayQuestion) => void;
  readonly fail: (text: string) => void;
} {
  const state = reactive(nothing());
  let worker: Worker | undefined;
  const end = (): void => {
    worker?.terminate();
    worker = undefined;
  };
  const take = (answer: ReplayAnswer): void => {
    if (answer.type === "trace") {
      Object.assign(state, { trace: answer.trace, sizes: answer.sizes, size: answer.size });
    } else if (answer.type === "policy") {
      state.results.push({ result: answer.result, lruSize: answer.lruSize });
    } else {
      Object.assign(state, answer.type === "end" ? { status: "done" } : { status: "failed", error: answer.message });
      end();
    }
  };
  const fail = (error: string): void => {
    end();
    Object.assign(state, nothing(), { status: "failed", error });
  };
  onBeforeUnmount(end);
  return {
    state,
    fail,
    ask(question) {
      end();
      Object.assign(state, nothing(), { status: "running" });
      worker = new Worker(new URL("./replay-worker.ts", import.meta.url), { type: "module" });
      worker.addEventListener("message", ({ data }: MessageEvent<ReplayAnswer>) => take(data));
      worker.addEventListener("error", ({ message }) => fail(`The replay could not run: ${message}`));
      worker.postMessage(question, []);
    },
  };
}
