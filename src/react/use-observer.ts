import { type RefObject, useContext, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { ObserverView, QueryClient, QueryObserver, QueryResult } from "../query/index.ts";
import { allowRetry, hashOf, type Rendered, throwOutcome } from "../query/internal.ts";
import { clientOf, MachoContext, type ResetPlace } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { type HookCall, observerOf } from "./hook-call.ts";
import { tracked } from "./tracked.ts";

type ObserverClass<O> = new (...view: ObserverView) => O;
/** The observer that is on screen. Before the first one is, that of the newest render. */
type Current = RefObject<QueryObserver | undefined>;

const runNothing = (): void => undefined;

/** Every hook of a query: one observer for each key. Its result notes which fields are read. */
export function useObserver<O extends QueryObserver<unknown>>(
  call: HookCall,
  Observer: ObserverClass<O>,
): ReturnType<O["getResult"]> {
  const surroundings = useContext(MachoContext);
  const client = clientOf(surroundings);
  // Other components must not hear of what this render begins, before it is over.
  // oxlint-disable-next-line react-hooks/rules-of-hooks -- It is run at once, in each render.
  return client.host.inRender(useResult<O>, call, Observer, client, surroundings!.place);
}

function useResult<O extends QueryObserver<unknown>>(
  call: HookCall,
  Observer: ObserverClass<O>,
  client: QueryClient,
  { resets }: ResetPlace,
): ReturnType<O["getResult"]> {
  const ref: Current = useRef<QueryObserver | undefined>(undefined);
  const observer = observerFor(ref, client, call, Observer);
  const { fetcher, options: given } = call;
  const options = observer.optionsFor(given);
  const input = observer.inputFor(fetcher, options, given, allowRetry(observer, options, resets));
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  const result = observer.resultFor(input);
  throwOutcome(observer, input, result);
  // Before the subscription, whose effect loads with what is set here. The result only counts beside other options.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useFirstEffect(input === ref.current ? runNothing : effectOf(ref, observer, input, result), [input]);
  // An observer's result is that of its kind of query.
  return observer.shown(result, tracked) as ReturnType<O["getResult"]>;
}

/** A function of its own: one that makes a closure costs more, also where it makes none. */
function effectOf(ref: Current, observer: QueryObserver, input: Rendered, result: QueryResult<unknown>): () => void {
  return () => {
    ref.current = observer;
    observer.commit(input, result);
  };
}

/** The observer of a key: the same for as long as the key is. */
function observerFor(
  ref: Current,
  client: QueryClient,
  call: HookCall,
  Observer: ObserverClass<QueryObserver>,
): QueryObserver {
  const hash = hashOf(call.key);
  const { current } = ref;
  if (isOf(current, client, hash)) return current!;
  const shown = current?.wasShown ? current : undefined;
  // It may come on screen, or be thrown away.
  let next = shown?.next;
  if (!isOf(next, client, hash)) next = observerOf(client, call, Observer, hash);
  if (shown) next!.follow(shown);
  else ref.current = next;
  return next!;
}

function isOf(observer: QueryObserver | undefined, { host }: QueryClient, hash: string): boolean {
  return observer?.hash === hash && observer.store === host;
}
