import { useContext, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { Anything, ObserverView, QueryObserver } from "../query/index.ts";
import { fetcherOf } from "../query/internal.ts";
import { clientOf, MachoContext } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import type { HookCall } from "./hook-call.ts";
import { HookMemory } from "./hook-memory.ts";
import { excuse, throwOutcome } from "./outcome.ts";
import { tracked } from "./tracked.ts";

/** What every hook of a query does: one observer for each key, whose result notes what is read. */
export function useObserver<O extends QueryObserver<Anything>>(
  call: HookCall,
  Observer: new (view: ObserverView) => O,
): ReturnType<O["getResult"]> {
  const surroundings = useContext(MachoContext);
  const ref = useRef<HookMemory<O> | undefined>(undefined);
  const memory = (ref.current ??= new HookMemory());
  const observer = memory.observerFor(clientOf(surroundings), call, Observer);
  const given = call.options;
  const options = observer.optionsFor(given);
  const fetcher = fetcherOf(call.owner, call.fetcher, options);
  excuse(observer, options, surroundings?.resets);
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  const result = observer.resultFor(fetcher, options);
  throwOutcome(observer, options, result);
  // Before the subscription, whose effect loads with what is set here. The result only counts beside other options.
  const { commit, inputs } = memory.commitOf(observer, fetcher, options, given, result);
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useFirstEffect(commit, inputs);
  // An observer's result is that of its kind of query.
  return observer.shown(result, tracked) as ReturnType<O["getResult"]>;
}
