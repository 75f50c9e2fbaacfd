import type { Channel } from "../../src/connection/channel.ts";
import type { SearchHost } from "../../src/connection/cache-search.ts";
import { type Discovery, isMeant } from "../../src/connection/discovery.ts";
import { type Place, Realm } from "../../src/connection/realm.ts";
import type { Choice } from "../../src/connection/running-cache.ts";

type Listener = Parameters<Channel["listen"]>[0];

/** A page that answers, sleeps and goes when a test says so. Each question is answered by its operation. */
export class FakePage {
  place: Place;
  names: readonly string[];
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** Connections that were opened and not closed. */
  open = 0;
  #isAsleep = false;
  #listeners = new Set<Listener>();
  /** Questions of a page that sleeps. */
  #waiting: (() => void)[] = [];

  constructor(place: Partial<Place> = {}, names: readonly string[] = ["films"]) {
    this.place = { kind: "page", title: "Films", url: "http://films/", port: 9222, id: "1", ...place };
    this.names = names;
  }

  sleep(): void {
    this.#isAsleep = true;
  }

  wake(): void {
    this.#isAsleep = false;
    for (const answer of this.#waiting.splice(0)) answer();
  }

  /** An event of the protocol that says that the page is gone. */
  end(method: string, params: Record<string, unknown> = {}): void {
    for (const listener of this.#listeners) listener(method, params);
  }

  find(timeout: number): Promise<Realm | undefined> {
    return Realm.find(this.place, this.#channel(), 1, timeout);
  }

  #channel(): Channel {
    return {
      listen: (listener) => {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
      },
      send: async (_method, params) => {
        const { functionDeclaration: code, arguments: given } = params as Call;
        if (code.includes("registry.names()")) return { result: { value: { version: 1, names: this.names } } };
        // Timers stand still while a page sleeps, and what needs them.
        if (this.#isAsleep) await new Promise<void>((answer) => this.#waiting.push(answer));
        const [{ value } = {}] = given;
        if (value === undefined) return { result: {} };
        const request = JSON.parse(value) as { readonly operation: string; readonly cache: string };
        this.asked.push(request.operation);
        const error = this.names.includes(request.cache) ? undefined : { code: "no-cache", names: this.names };
        return { result: { value: JSON.stringify(error ? { error } : { answer: { operation: request.operation } }) } };
      },
    };
  }
}

interface Call {
  readonly functionDeclaration: string;
  readonly arguments: readonly { readonly value: string }[];
}

/** What listens at a port, and a clock that goes on when something waits. */
export class FakeHost implements SearchHost {
  pages: FakePage[];
  /** Ms that were waited, one after the other. */
  readonly slept: number[] = [];
  /** Runs before each look. */
  onLook: (() => void) | undefined;
  /** Whether a pause lasts until the test ends it. */
  isHeld = false;
  #now = 0;
  #goOn: (() => void) | undefined;

  constructor(...pages: FakePage[]) {
    this.pages = pages;
  }

  readonly now = (): number => this.#now;

  readonly sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.slept.push(ms);
    this.#now += ms;
    if (!this.isHeld) return;
    await new Promise<void>((resolve, reject) => {
      const end = (): void => reject(signal.reason as Error);
      signal.addEventListener("abort", end);
      this.#goOn = () => {
        signal.removeEventListener("abort", end);
        resolve();
      };
    });
  };

  /** Ends the pause under way. */
  goOn(): void {
    this.#goOn?.();
    this.#goOn = undefined;
  }

  readonly discover = async ({ timeout, target }: Choice): Promise<Discovery> => {
    this.onLook?.();
    const pages = this.pages.filter(({ place }) => isMeant(place, target));
    const realms = await Promise.all(pages.map((page) => page.find(timeout)));
    for (const page of pages) page.open++;
    const left = new Set(pages);
    const leave = (page: FakePage): void => {
      if (left.delete(page)) page.open--;
    };
    return {
      places: pages.map(({ place }) => place),
      realms: realms.filter((realm) => realm !== undefined),
      silentPorts: [],
      failures: [],
      close: async () => pages.forEach(leave),
      closeAllBut: (kept) => pages.filter((_, at) => realms[at] !== kept).forEach(leave),
    };
  };
}
