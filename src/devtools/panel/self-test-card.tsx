/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import { count, fineDuration, plural } from "./format.ts";
import { scratchOptions, selfTest, type SelfTestResult } from "./self-test.ts";

type Options = Metrics["options"];
type State = "idle" | "running" | SelfTestResult | { readonly failed: string };

/** A button that times many operations on a cache of the panel's own. */
export function SelfTestCard({ options }: { options: Options }): JSX.Element {
  const [state, show] = useState<State>("idle");
  const isWanted = useRef(true);
  useEffect(() => () => void (isWanted.current = false), []);
  const press = async (): Promise<void> => {
    show("running");
    const result = await run(options, () => isWanted.current).catch((error: unknown) => ({ failed: String(error) }));
    if (result && isWanted.current) show(result);
  };
  return (
    <section class="card" aria-label="Self-test">
      <header class="card-head">
        <h3>Self-test</h3>
        <span class="note">on a scratch cache of integer keys, not on yours</span>
        <button type="button" class="small-button" disabled={state === "running"} onClick={press}>
          {state === "running" ? "Running…" : "Run"}
        </button>
      </header>
      <p class="self-test" role="status">
        <Outcome state={state} options={options} />
      </p>
    </section>
  );
}

function Outcome({ state, options }: { state: State; options: Options }): JSX.Element | null {
  if (state === "running") return <>Running in slices; the page goes on.</>;
  if (state === "idle") {
    return (
      <span class="note">
        Makes an empty cache with the same size, strategy and ttl, times {count(200_000)} gets and as many sets in large
        batches, and throws it away.
      </span>
    );
  }
  if ("failed" in state) return <>The test failed: {state.failed}</>;
  return (
    <>
      <b>{fineDuration(state.get / 1e6)}</b> a get of a recent key, <b>{fineDuration(state.set / 1e6)}</b> a set of a
      new one: means of {count(state.count)} each, on a scratch cache of {plural(state.size, "integer key")}, strategy{" "}
      {options.strategy}.
    </>
  );
}

/** The engine is loaded only now: the panel itself runs without. */
async function run(options: Options, isWanted: () => boolean): Promise<SelfTestResult | undefined> {
  const [{ Cache }, { allPolicies }] = await Promise.all([
    import("../../core/index.ts"),
    import("../../core/policy/index.ts"),
  ]);
  const known = Object.entries(allPolicies).find(([name]) => name === options.strategy);
  if (!known) throw new Error(`The panel has no ${options.strategy} policy; only your code can make one.`);
  const scratch = new Cache(scratchOptions(options, known[1]()));
  const pause = (): Promise<boolean> => new Promise((done) => setTimeout(() => done(isWanted())));
  try {
    const size = scratch.metrics.options.maxCacheSize;
    return await selfTest(scratch, size, { now: () => performance.now(), pause });
  } finally {
    scratch.dispose();
  }
}
