import { useContext, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import type { ObserverView, QueryClient, QueryObserver } from "../query/index.ts";
import { allowRetry, type Rendered, throwOutcome } from "../query/internal.ts";
import { clientOf, MachoContext, type ResetPlace } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { type HookCall, hashOf, observerOf } from "./hook-call.ts";
import { tracked } from "./tracked.ts";

type ObserverClass<O> = new (view: ObserverView) => O;

/** The observers of one hook. Nothing of it is shown, so a render that is thrown away does no harm. */
interface Memory<O> {
  /** On screen. */
  shown: O | undefined;
  /** Of a render that may come on screen, or be thrown away. */
  next: O | undefined;
  /** The effect of the last render, and the inputs that make it another one. */
  run: () => void;
  inputs: readonly unknown[];
}

const NO_INPUTS: readonly unknown[] = [];
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
  const ref = useRef<Memory<O> | undefined>(undefined);
  const memory = (ref.current ??= { shown: undefined, next: undefined, run: runNothing, inputs: NO_INPUTS });
  const observer = observerFor(memory, client, call, Observer);
  const given = call.options;
  const options = observer.optionsFor(given);
  const fetcher = observer.fetcherFor(call.fetcher, options);
  const input = observer.inputFor(fetcher, options, allowRetry(observer, options, resets));
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  const result = observer.resultFor(input);
  throwOutcome(observer, options, input, result);
  // Before the subscription, whose effect loads with what is set here. The result only counts beside other options.
  keepEffect(memory, observer, { input, fetcher, given, result });
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  useFirstEffect(memory.run, memory.inputs);
  // An observer's result is that of its kind of query.
  return observer.shown(result, tracked) as ReturnType<O["getResult"]>;
}

/** The same effect for the same observer, fetcher and input: React keeps it, so that each new one is more to collect. */
function keepEffect<O extends QueryObserver<unknown>>(
  memory: Memory<O>,
  observer: O,
  rendered: Rendered<unknown>,
): void {
  const { input, fetcher } = rendered;
  const { inputs } = memory;
  if (inputs[0] === observer && inputs[1] === fetcher && inputs[2] === input) return;
  memory.inputs = [observer, fetcher, input];
  memory.run = effectOf(memory, observer, rendered);
}

/** A function of its own: one that makes a closure costs more, also where it makes none. */
function effectOf<O extends QueryObserver<unknown>>(
  memory: Memory<O>,
  observer: O,
  rendered: Rendered<unknown>,
): () => void {
  return () => {
    memory.shown = observer;
    memory.next = undefined;
    observer.commit(rendered);
  };
}

/** The observer of a key: the same for as long as the key is. */
function observerFor<O extends QueryObserver<unknown>>(
  memory: Memory<O>,
  client: QueryClient,
  call: HookCall,
  Observer: ObserverClass<O>,
): O {
  const { shown } = memory;
  const hash = hashOf(call.key);
  if (shown?.isOf(client, hash)) return shown;
  if (!memory.next?.isOf(client, hash)) memory.next = observerOf(client, call, Observer, hash);
  if (shown) memory.next.follow(shown);
  return memory.next;
}
