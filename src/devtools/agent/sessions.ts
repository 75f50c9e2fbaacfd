import { hostClock } from "../../core/lru/clock.ts";
import type { DevtoolsTarget } from "../source.ts";
import { Refusal } from "./refusal.ts";

/** Ms after which a session ends that nobody asks for. */
export const SESSION_LIFE = 30_000;
/** Sessions of one kind that a target may have at a time. */
export const MAX_SESSIONS = 8;

/** Time and timers; tests pass their own. A timer must not keep a process alive. */
export interface SessionHost {
  /** Wall time in ms. */
  readonly now: () => number;
  readonly schedule: (run: () => void, ms: number) => () => void;
}

export const SESSION_HOST: SessionHost = { now: () => Date.now(), schedule: hostClock.schedule };

/** What lasts from one question of a tool to the next. */
export interface Session {
  readonly stop: () => void;
}

interface Open<S> {
  readonly session: S;
  /** Takes back the timer that ends it. */
  cancel: () => void;
}

/** Numbers of sessions; with the time at which the page began, another page has no session of the same name. */
let lastNumber = 0;

/** The sessions of one kind. Each ends by itself when nobody has asked for it for 30 s, and none disturbs another. */
export class Sessions<S extends Session> {
  readonly host: SessionHost;
  #what: string;
  #open = new WeakMap<DevtoolsTarget, Map<string, Open<S>>>();

  /** @param what one of them is called, as in "a watch" */
  constructor(what: string, host: SessionHost = SESSION_HOST) {
    this.#what = what;
    this.host = host;
  }

  /** How many a target has. */
  count(target: DevtoolsTarget): number {
    return this.#open.get(target)?.size ?? 0;
  }

  /**
   * The session of that name, which lives on; `undefined` where there is none any more.
   */
  find(target: DevtoolsTarget, id: string): S | undefined {
    const open = this.#open.get(target)?.get(id);
    if (open) this.#arm(target, id, open);
    return open?.session;
  }

  /** Begins one. @returns its name @throws Refusal where there are too many */
  begin(target: DevtoolsTarget, create: () => S): { readonly id: string; readonly session: S } {
    const sessions = this.#open.get(target) ?? new Map<string, Open<S>>();
    if (sessions.size >= MAX_SESSIONS) {
      throw new Refusal(
        `${MAX_SESSIONS} commands have ${this.#what} of this cache. End one of them, or try again in ${SESSION_LIFE / 1_000} s.`,
      );
    }
    const session = create();
    const id = `${performance.timeOrigin} ${++lastNumber}`;
    const open: Open<S> = { session, cancel: () => undefined };
    this.#open.set(target, sessions.set(id, open));
    this.#arm(target, id, open);
    return { id, session };
  }

  end(target: DevtoolsTarget, id: string): void {
    const sessions = this.#open.get(target);
    const open = sessions?.get(id);
    if (!open) return;
    sessions!.delete(id);
    open.cancel();
    open.session.stop();
  }

  #arm(target: DevtoolsTarget, id: string, open: Open<S>): void {
    open.cancel();
    open.cancel = this.host.schedule(() => this.end(target, id), SESSION_LIFE);
  }
}
