import type { Anything, ObserverView, QueryClient, QueryObserver } from "../query/index.ts";
import type { Rendered } from "../query/internal.ts";
import { hashOf, type HookCall, observerOf } from "./hook-call.ts";

/** What a hook does when its render is on screen, and the inputs that make it another one. */
interface Commit {
  readonly commit: () => void;
  readonly inputs: readonly unknown[];
}

/**
 * What one hook remembers from render to render: what it made of its arguments, so that it need not make it again.
 * It lives in a ref, and nothing in it is shown, so that a render that is thrown away does no harm.
 */
export class HookMemory<O extends QueryObserver<Anything>> {
  /** On screen. */
  #shown: O | undefined;
  /** Of a render that may come on screen, or be thrown away. */
  #next: O | undefined;
  #commit: Commit | undefined;

  /** The observer of a key: the same for as long as the key is. */
  observerFor(client: QueryClient, call: HookCall, Observer: new (view: ObserverView) => O): O {
    const hash = hashOf(call.key);
    const shown = this.#shown;
    if (shown?.isOf(client, hash)) return shown;
    if (!this.#next?.isOf(client, hash)) this.#next = observerOf(client, call, Observer, hash);
    if (shown) this.#next.follow(shown);
    return this.#next;
  }

  /** Takes over what was rendered, when it is on screen: once for each observer, fetcher and input. */
  commitOf(observer: O, rendered: Rendered<Anything>): Commit {
    const { input, fetcher } = rendered;
    const known = this.#commit?.inputs;
    if (known?.[0] === observer && known[1] === fetcher && known[2] === input) return this.#commit!;
    const commit = (): void => {
      this.#shown = observer;
      this.#next = undefined;
      observer.commit(rendered);
    };
    return (this.#commit = { commit, inputs: [observer, fetcher, input] });
  }
}
