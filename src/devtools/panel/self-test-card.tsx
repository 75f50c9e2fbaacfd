/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { CacheOptions, Metrics, StrategyName } from "../../core/index.ts";
import { cacheOf, type DevtoolsSource } from "../source.ts";
import { count, fineDuration, plural } from "./format.ts";
import { engineOf, scratchOptions, selfTest, type SelfTestResult } from "./self-test.ts";

type Options = Metrics["options"];
type State = "idle" | "running" | SelfTestResult | { readonly failed: string };

/** A button that times many operations on a cache of the panel's own. */
export function SelfTestCard({ source, options }: { source: DevtoolsSource; options: Options }): JSX.Element {
  const [state, show] = useState<State>("idle");
  const isWanted = useRef(true);
  useEffect(() => () => void (isWanted.current = false), []);
  const press = async (): Promise<void> => {
    show("running");
    const result = await run(source, options, () => isWanted.current).catch((error: unknown) => ({
      failed: String(error),
    }));
    if (result && isWanted.current) show(result);
  };
  return (
    <section class="card" aria-label="Self-test">
      <header class="card-head">
        <h3>Self-test</h3>
        <span class="note">on a scratch cache of integer keys, not on yours</span>
        <button type="button" class="small-button" disabled={state === "running"} onClick={() => void press()}>
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
  if (state === "running") return null;
  if (state === "idle") {
    return (
      <span class="note">
        Times {count(200_000)} gets and as many sets on an empty cache of the same size, strategy and ttl.
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

async function run(
  source: DevtoolsSource,
  options: Options,
  isWanted: () => boolean,
): Promise<SelfTestResult | undefined> {
  const cache = cacheOf(source.target);
  const all = scratchOptions(options, await strategyOf(options.strategy));
  const { maxCacheSize = 100, ttl, exactClock } = all;
  // An `LruCache` has no others.
  const scratch = new (engineOf(cache))(cache.metrics.options === undefined ? { maxCacheSize, ttl, exactClock } : all);
  const pause = (): Promise<boolean> => new Promise((done) => setTimeout(() => done(isWanted())));
  try {
    return await selfTest(scratch, maxCacheSize, { now: () => performance.now(), pause });
  } finally {
    scratch.dispose();
  }
}

/** By name where the engine knows it; any other policy of ours is loaded only now. */
async function strategyOf(name: string): Promise<CacheOptions<number, number>["strategy"]> {
  const builtIn = BUILT_IN.find((each) => each === name);
  if (builtIn) return builtIn;
  const { policyNamed } = await import("../../simulate/policies.ts");
  const known = policyNamed(name);
  if (!known) throw new Error(`the panel has no policy ${name}; only your own code can make one.`);
  return known;
}

const BUILT_IN: readonly StrategyName[] = ["lru", "fifo", "random", "lfu", "mfu", "sieve"];
