import type { Answers, Requests } from "macho-cache/devtools/expose";
import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";
import { type Address, discover, type Discovery } from "./discovery.ts";
import type { Place, Realm } from "./realm.ts";

/** Which cache is meant. */
export interface Choice extends Address {
  /** Its name; "" where there is one alone. */
  readonly cache: string;
}

/** A cache of a running page or process. */
export class RunningCache {
  readonly name: string;
  readonly place: Place;
  /** Where it is. */
  readonly realm: Realm;

  constructor(name: string, realm: Realm) {
    this.name = name;
    this.place = realm.place;
    this.realm = realm;
  }

  /** Rejects with a `CommandError`. */
  ask<O extends keyof Requests>(operation: O, request: Requests[O]): Promise<Answers[O]> {
    return this.realm.ask(this.name, operation, request);
  }

  /** Waits until the page does its work. Rejects with an `Away` when it is gone, or takes longer than some ms. */
  works(timeout: number): Promise<void> {
    return this.realm.works(timeout);
  }

  /** Hears when the page is left, crashes or ends, in words. Returns its undo. */
  onEnd(listener: (why: string) => void): () => void {
    return this.realm.onEnd(listener);
  }
}

/** Every cache that was found. */
export function cachesOf({ realms }: Discovery): RunningCache[] {
  return realms.flatMap((realm) => realm.names.map((name) => new RunningCache(name, realm)));
}

/** Finds the cache that is meant, and gives it to `use`. */
export async function withCache<T>(choice: Choice, use: (cache: RunningCache) => Promise<T>): Promise<T> {
  const discovery = await discover(choice);
  try {
    return await use(chosen(discovery, choice));
  } finally {
    await discovery.close();
  }
}

/** @throws CommandError where there is none, or more than one */
export function chosen(discovery: Discovery, choice: Choice): RunningCache {
  const all = cachesOf(discovery);
  const meant = choice.cache === "" ? all : all.filter(({ name }) => name === choice.cache);
  if (meant.length === 1) return meant[0]!;
  if (all.length === 0) throw noTarget(nothingFound(discovery, choice));
  const names = all.map(({ name, place }) => `${name} (${place.title || place.url})`).join(", ");
  if (meant.length === 0) throw noTarget(`There is no cache ${choice.cache}. There are: ${names}.`);
  throw noTarget(`There are ${meant.length} caches: ${names}. Name one by --cache, or its page by --target.`);
}

function noTarget(message: string): CommandError {
  return new CommandError(EXIT.noTarget, visible(message));
}

/** Why there is no cache, and what to do. */
export function nothingFound({ places, silentPorts, failures }: Discovery, { host, ports, target }: Address): string {
  if (silentPorts.length === ports.length) {
    return `No target on port ${ports.join(" or ")} of ${host}. Start Chrome with --remote-debugging-port=9222 --user-data-dir=FOLDER, or Node with --inspect, or name another --port.`;
  }
  if (places.length === 0 && failures.length > 0) return `No target could be asked. ${failures.join(". ")}.`;
  if (places.length === 0) {
    const which = target === "" ? "No page or process is open" : `No page or process is called like ${target}`;
    return `${which}. See macho list.`;
  }
  const seen = places.map(({ title, url }) => title || url).join(", ");
  return `No cache in ${seen}. Call exposeCaches({ name: cache }) of macho-cache/devtools/expose in the app, or mount the devtools.`;
}
