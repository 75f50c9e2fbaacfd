import { useContext, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { Anything, ObserverView, QueryObserver } from "../query/index.ts";
import { fetcherOf } from "../query/internal.ts";
import { clientOf, MachoContext, type Surroundings } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import type { HookCall } from "./hook-call.ts";
import { HookMemory } from "./hook-memory.ts";
import { allowRetry, throwOutcome } from "./outcome.ts";
import { tracked } from "./tracked.ts";

type ObserverClass<O> = new (view: ObserverView) => O;

/** What every hook of a query does: one observer for each key, whose result notes what is read. */
export function useObserver<O extends QueryObserver<Anything>>(
  call: HookCall,
  Observer: ObserverClass<O>,
): ReturnType<O["getResult"]> {
  const surroundings = useContext(MachoContext);
  const { host } = clientOf(surroundings);
  // Other components must not hear of what this render begins, before it is over.
  // oxlint-disable-next-line react-hooks/rules-of-hooks -- It is run at once, in each render.
  return host.inRender(() => useResult(call, Observer, surroundings!));
}

function useResult<O extends QueryObserver<Anything>>(
  call: HookCall,
  Observer: ObserverClass<O>,
  { client, place }: Surroundings,
): ReturnType<O["getResult"]> {
  const ref = useRef<HookMemory<O> | undefined>(undefined);
  const memory = (ref.current ??= new HookMemory());
  const observer = memory.observerFor(client!, call, Observer);
  const options = observer.optionsFor(call.options);
  const fetcher = fetcherOf(call.owner, call.fetcher, options);
  const input = observer.inputFor(fetcher, options, allowRetry(observer, options, place.resets));
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  const result = observer.resultFor(input);
  throwOutcome(observer, options, input, result);
  // Before the subscription, whose effect loads with what is set here. The result only counts beside other options.
  const { commit, inputs } = memory.commitOf(observer, { input, fetcher, given: call.options, result });
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useFirstEffect(commit, inputs);
  // An observer's result is that of its kind of query.
  return observer.shown(result, tracked) as ReturnType<O["getResult"]>;
}
