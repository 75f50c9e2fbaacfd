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
  // A name with control characters can be written as it is shown.
  const isNamed = ({ name }: RunningCache): boolean => name === choice.cache || visible(name) === choice.cache;
  const meant = choice.cache === "" ? all : all.filter(isNamed);
  if (meant.length === 1) return meant[0]!;
  if (all.length === 0) throw nothingFound(discovery, choice);
  const asked = discovery.failures.map((each) => ` Could not be asked: ${each}`).join("");
  if (meant.length === 0) throw noTarget(`There is no cache ${choice.cache}. There are: ${namesOf(all)}.${asked}`);
  const remedy =
    new Set(meant.map(({ place }) => place.id)).size === 1 ? "by --cache" : "by --cache, or its page by --target";
  throw noTarget(`There are ${meant.length} caches: ${namesOf(meant)}. Name one ${remedy}.${asked}`);
}

/** Caches with what tells their pages apart: the title, else the address, else the id. */
function namesOf(caches: readonly RunningCache[]): string {
  const named = caches.map(({ name, place }) => {
    const likeIt = caches.filter((other) => other.name === name && other.place !== place).map((other) => other.place);
    const alike = likeIt.filter(({ title }) => title === place.title);
    const isTwin = alike.some(({ url }) => url === place.url);
    return `${name} (${isTwin ? `id ${place.id}` : alike.length > 0 ? place.url : place.title || place.url})`;
  });
  return named.join(", ");
}

function noTarget(message: string): CommandError {
  return new CommandError(EXIT.noTarget, visible(message));
}

/** Why there is no cache, and what to do. */
export function nothingFound(discovery: Discovery, { host, ports, target }: Address): CommandError {
  const { places, silentPorts, failures } = discovery;
  const asked = failures.join(" ");
  if (silentPorts.length === ports.length) {
    const why = failures.length > 0 ? `: ${failures.join(", ")}` : "";
    return noTarget(
      `No target on port ${ports.join(" or ")} of ${host}${why}. Start Chrome with --remote-debugging-port=9222 --user-data-dir=FOLDER, or Node with --inspect, or name another --port.`,
    );
  }
  // They may have the cache, so that it is not said that there is none.
  if (failures.length > 0) return new CommandError(EXIT.lost, visible(`No cache was found. ${asked}`));
  if (places.length === 0) {
    const which = target === "" ? "No page or process is open" : `No page or process is called like ${target}`;
    return noTarget(`${which}. See macho list.`);
  }
  const seen = titlesOf(places);
  return noTarget(
    `No cache in ${seen}. Call exposeCaches({ name: cache }) of macho-cache/devtools/expose in the app, or mount the devtools.`,
  );
}

/** Places that are named in a sentence. */
const MAX_NAMED = 5;

/** Each once, and not all of very many. */
export function titlesOf(places: readonly Place[]): string {
  const titles = [...new Set(places.map(({ title, url }) => title || url))];
  const more = titles.length > MAX_NAMED ? `, and ${titles.length - MAX_NAMED} more` : "";
  return `${titles.slice(0, MAX_NAMED).join(", ")}${more}`;
}
