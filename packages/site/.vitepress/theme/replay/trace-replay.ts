import { defineComponent, h, ref, type Ref, type VNode } from "vue";
import { POLICIES } from "./replays.ts";
import { replayChart } from "./replay-chart.ts";
import { type ReplayState, useReplay } from "./replay-run.ts";
import { replayTable } from "./replay-table.ts";
import { verdict } from "./replay-words.ts";
import { SAMPLES } from "./sample-traces.ts";
import { MAX_BYTES, words } from "./trace.ts";

const DEFAULT_SIZE = 1_000;
/** The choice that asks for a file. */
const FILE = "file";

interface Choices {
  readonly source: Ref<string>;
  readonly size: Ref<number>;
  readonly file: Ref<File | undefined>;
}

/** Replays a trace of the reader's, or a sample, through every policy at several sizes, in the reader's own browser. */
export const TraceReplay = defineComponent({
  name: "TraceReplay",
  setup() {
    const choices: Choices = { source: ref(SAMPLES[0]!.kind), size: ref(DEFAULT_SIZE), file: ref() };
    const { state, ask, fail } = useReplay();
    const run = async (): Promise<void> => {
      const size = choices.size.value;
      if (choices.source.value !== FILE) return ask({ sample: choices.source.value, size });
      const file = choices.file.value;
      if (!file) return fail("Choose a file first.");
      if (file.size > MAX_BYTES) return fail(`${file.name} has more than 100 MB. Use the command: macho simulate FILE`);
      return ask({ name: file.name, text: await file.text(), size });
    };
    return () => h("div", { class: "trace-replay" }, [form(choices, state, () => void run()), ...outcome(state)]);
  },
});

function form({ source, size, file }: Choices, state: ReplayState, run: () => void): VNode {
  const trace = h("label", [
    "Trace ",
    h(
      "select",
      { value: source.value, onChange: (event: Event) => (source.value = (event.target as HTMLSelectElement).value) },
      [
        ...SAMPLES.map(({ kind, text }) => h("option", { value: kind }, text)),
        h("option", { value: FILE }, "A file of mine"),
      ],
    ),
  ]);
  const files = h("label", [
    "File ",
    h("input", {
      type: "file",
      accept: ".txt,.csv,.tsv,.log,text/*",
      onChange: (event: Event) => (file.value = (event.target as HTMLInputElement).files?.[0]),
    }),
  ]);
  const sizes = h("label", [
    "My size, in entries ",
    h("input", {
      type: "number",
      min: 1,
      max: 10_000_000,
      step: 1,
      required: true,
      value: size.value,
      onInput: (event: Event) => (size.value = Number((event.target as HTMLInputElement).value)),
    }),
  ]);
  const submit = (event: Event): void => {
    event.preventDefault();
    run();
  };
  const button = h("button", { type: "submit" }, state.status === "running" ? "Start again" : "Replay");
  return h("form", { onSubmit: submit }, [trace, ...(source.value === FILE ? [files] : []), sizes, button]);
}

function outcome(state: ReplayState): VNode[] {
  const results = state.results.map(({ result }) => result);
  const said = h("p", { role: "status", class: { failed: state.status === "failed" } }, statusOf(state));
  if (results.length === 0) return [said];
  const at = state.sizes.indexOf(state.size);
  const best = results.reduce((one, other) => (other.hitRatios[at]! > one.hitRatios[at]! ? other : one));
  return [
    said,
    replayChart(results, state.sizes, state.size, best.policy),
    h("p", { class: "replay-legend" }, [
      h("span", { class: "best" }, best.policy),
      ...(best.policy === "lru" ? [] : [h("span", { class: "lru" }, "lru")]),
      h("span", { class: "other" }, "the others"),
    ]),
    replayTable(results, state.sizes, state.size),
  ];
}

function statusOf(state: ReplayState): string {
  const { status, trace, results } = state;
  if (status === "failed") return state.error;
  if (status === "idle") return "Nothing was replayed yet. A file does not leave your browser.";
  if (!trace) return "Reading the trace ...";
  const facts = `${words(trace.accesses)} accesses of ${words(trace.keyCount)} keys. ${trace.notes.join(" ")}`.trim();
  if (status === "running") return `${facts} Replayed: ${results.length} of ${POLICIES.length} policies ...`;
  return `${facts} ${verdict(results, state.sizes, state.size)}`;
}
