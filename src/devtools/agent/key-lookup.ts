// Which key is meant by a word of a command line. Others use `findKey`; nothing is counted and nothing moves.
import { hashKey, type QueryKey } from "../../query/index.ts";
import { cacheOf, type DevtoolsTarget, type InspectableClient, isClient, keyLabel } from "../source.ts";
import { clientHashes, queryOf } from "./client-queries.ts";
import { CUT, shownKey } from "./shown-key.ts";
import { Unclear } from "./refusal.ts";
import { inSlices } from "./slices.ts";

/** How a tool names a key: a part of its requests. */
export interface KeyRequest {
  /** A string key as it is, a number, a query key as JSON, or any key by its label as the list of keys shows it. */
  readonly key: string;
  /** Whether it is JSON: then `1` is the number, and `"1"` in quotes the string. */
  readonly isJson?: boolean;
  /** Of several keys that look alike, which one: from 1, in the order in which they are told. */
  readonly nth?: number;
}

/** A key of a cache, or of a query. */
export interface FoundKey {
  /** The key of a cache, the hash of a query. */
  readonly id: unknown;
  /** Of a query. */
  readonly queryKey: QueryKey | undefined;
  readonly label: string;
  /** Whether an entry or a query of this key is there now. */
  readonly isThere: boolean;
}

/** The most keys that are looked for, and that an error tells. */
const MAX_ALIKE = 100;
const MAX_TOLD = 5;
/** Keys between two looks at the clock. */
const STEP = 64;

/**
 * The key that somebody means. Where nothing of it is there, it is what it would be: a string, or the JSON of a query key.
 *
 * @param isKnown whether something is known of a key that is not there, such as how it left
 * @throws Unclear for what is no key, and for several keys that look alike
 */
export async function findKey(
  target: DevtoolsTarget,
  { key, isJson = false, nth }: KeyRequest,
  isKnown: (id: unknown) => boolean = () => false,
): Promise<FoundKey> {
  if (typeof key !== "string") throw new Unclear("A key is missing.");
  if (nth !== undefined && !(Number.isInteger(nth) && nth > 0)) {
    throw new Unclear(`nth is a whole number from 1 on, got ${String(nth)}.`);
  }
  const named = isJson ? jsonKeys(target, key) : namedKeys(target, key);
  const there = named.filter(({ isThere }) => isThere);
  // Objects are looked for only where that may find one: there may be a million keys.
  const alike =
    there.length === 0 || LABEL.test(key) ? await inSlices(keysLike(target, labelOf(named, key, isJson))) : [];
  const found = unique([...there, ...alike]);
  if (found.length > 0) return chosen(found, key, nth);
  const known = named.filter(({ id }) => isKnown(id));
  return known.length > 0 ? chosen(known, key, nth) : likely(target, named);
}

/** How labels of keys begin that are no strings. */
const LABEL = /^(?:[[{("]|Symbol\(|function$)/;

function chosen(found: readonly FoundKey[], text: string, nth: number | undefined): FoundKey {
  const meant = nth === undefined && found.length === 1 ? found[0] : found[(nth ?? 0) - 1];
  if (meant) return meant;
  if (nth !== undefined) throw new Unclear(`--nth is at most ${found.length} for ${shownKey(text)}, got ${nth}.`);
  const told = found.slice(0, MAX_TOLD).map((each, index) => `${index + 1}. ${kindOf(each)} ${textOf(each)}`);
  const more = found.length > MAX_TOLD ? ", and so on" : "";
  const many = found.length > MAX_ALIKE ? "very many" : found.length;
  const remedy = `Say which one by --nth 1 and so on, or pass --json-key: then "1" in quotes is a string, and 1 a number.`;
  throw new Unclear(`${shownKey(text)} may be ${many} keys: ${told.join(", ")}${more}. ${remedy}`);
}

/** A string in quotes, so that an empty one can be seen. */
function textOf({ id, queryKey, label }: FoundKey): string {
  const shown = shownKey(label);
  return typeof (queryKey ?? id) === "string" ? JSON.stringify(shown) : shown;
}

function kindOf({ id, queryKey }: FoundKey): string {
  if (queryKey !== undefined) return typeof queryKey === "string" ? "the string" : "the query key";
  if (id === null || id === undefined) return "the value";
  return typeof id === "object" ? "the object" : `the ${typeof id}`;
}

/** What an absent key would be. In a cache whose keys are numbers, a number. */
function likely(target: DevtoolsTarget, named: readonly FoundKey[]): FoundKey {
  if (isClient(target)) return named.find(({ queryKey }) => Array.isArray(queryKey)) ?? named[0]!;
  const [first] = cacheOf(target).keys();
  return named.find(({ id }) => typeof id === typeof first) ?? named[0]!;
}

/** The keys that a word may be, but for objects. */
function namedKeys(target: DevtoolsTarget, text: string): FoundKey[] {
  if (!isClient(target)) return [text, ...wordsOf(text)].map((id) => cacheKey(target, id));
  const asKeys = [text, ...arrayOf(text)].map((key) => namedQuery(target, key));
  const byHash = queryOf(target, text);
  return unique([...asKeys, ...(byHash ? [foundQuery(byHash.key, text, true)] : [])]);
}

/** Values whose label is this, and no string. */
function wordsOf(text: string): unknown[] {
  if (/^-?\d+n$/.test(text)) return [BigInt(text.slice(0, -1))];
  const words = [Number(text), true, false, null, undefined];
  return words.filter((each) => keyLabel(each) === text);
}

function arrayOf(text: string): readonly unknown[][] {
  if (!text.startsWith("[")) return [];
  try {
    return [JSON.parse(text) as unknown[]];
  } catch {
    return [];
  }
}

function jsonKeys(target: DevtoolsTarget, text: string): FoundKey[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unclear(`${shownKey(text)} is no JSON. With --json-key, a string stands in quotes: '"film:1"'.`);
  }
  if (!isClient(target)) return [cacheKey(target, value)];
  if (typeof value === "string" || Array.isArray(value)) return [namedQuery(target, value)];
  throw new Unclear(`A query key is a string or an array, got ${shownKey(text)}.`);
}

function cacheKey(target: DevtoolsTarget, id: unknown): FoundKey {
  const isThere = cacheOf(target).remainingTtl(id as never) !== undefined;
  return { id, queryKey: undefined, label: keyLabel(id), isThere };
}

function namedQuery(target: InspectableClient, key: QueryKey): FoundKey {
  const hash = hashKey(key);
  return foundQuery(key, hash, queryOf(target, hash) !== undefined);
}

function foundQuery(key: QueryKey, hash: string, isThere: boolean): FoundKey {
  return { id: hash, queryKey: key, label: typeof key === "string" ? key : hash, isThere };
}

/** The label that an object has which is meant; `undefined` where none can be meant. */
function labelOf(named: readonly FoundKey[], text: string, isJson: boolean): string | undefined {
  if (!isJson) return text;
  const { id, queryKey: key } = named[0]!;
  return key === undefined && typeof id === "object" && id !== null ? keyLabel(id) : undefined;
}

/** Keys that have this label and are objects, or that were cut so. Gives a chance of a pause now and then. */
function* keysLike(target: DevtoolsTarget, label: string | undefined): Generator<undefined, FoundKey[]> {
  const found: FoundKey[] = [];
  if (label === undefined) return found;
  const isCut = label.endsWith(CUT);
  // The label of a query is its key or its hash, which both were tried.
  if (isClient(target) && !isCut) return found;
  const beginning = label.slice(0, -CUT.length);
  let looked = 0;
  for (const id of isClient(target) ? clientHashes(target) : cacheOf(target).keys()) {
    if (++looked % STEP === 0) yield;
    const isText = typeof id === "string";
    if (isText && !isCut) continue;
    const each = isClient(target) ? foundOf(target, id as string) : cacheKey(target, id);
    if (each?.isThere && (isCut ? each.label.startsWith(beginning) : each.label === label)) found.push(each);
    if (found.length > MAX_ALIKE) break;
  }
  return found;
}

function foundOf(client: InspectableClient, hash: string): FoundKey | undefined {
  const query = queryOf(client, hash);
  return query && foundQuery(query.key, hash, true);
}

function unique(keys: readonly FoundKey[]): FoundKey[] {
  return keys.filter(({ id }, index) => keys.findIndex((each) => Object.is(each.id, id)) === index);
}
