import { checkKind, countTo, FUNCTION, type Kind, MS, type OptionTable, resolveOptions } from "../core/lru/internal.ts";
import type { Clock } from "../core/lru/index.ts";
import type { QueryKey } from "../query/key/key.ts";
import type { Resolved } from "../query/model/option-table.ts";
import { hasMethods } from "./methods.ts";
import type { Tier } from "./tier.ts";

/** Turns data into what is stored, and back: to encrypt or compress it. */
export interface Codec {
  /** What is stored for this data, or a promise of it. */
  encode(data: unknown, key: unknown): unknown;
  /** The data of what was stored, or a promise of it. */
  decode(stored: unknown, key: unknown): unknown;
}

/** How a client or a cache is persisted. */
export interface PersistOptions {
  /**
   * Whose data it is, such as a user or a tenant. Nothing of another scope is ever read. Required: data of one user must not
   * be shown to the next.
   */
  scope: string;
  /** Where entries are kept. @defaultValue `indexedDbTier()` */
  storage?: Tier | undefined;
  /** A name for the form of the data, such as a version. Entries of another one are not shown, unless `migrate` turns them into this form. @defaultValue "" */
  buster?: string | undefined;
  /** Turns data of another form into this one, when it is read; `undefined` for what it cannot. @defaultValue none */
  migrate?: ((data: unknown, from: { readonly buster: string; readonly key: unknown }) => unknown) | undefined;
  /** Age in ms from which an entry is not read any more, whatever its ttl. Above 0, or `Infinity`. @defaultValue 604_800_000, 7 days */
  maxAge?: number | undefined;
  /** The most entries. Beyond it, the coldest go. @defaultValue 10_000 */
  maxEntries?: number | undefined;
  /** The most bytes, about. @defaultValue 50_000_000 */
  maxBytes?: number | undefined;
  /** Ms that a load waits for the storage. Above 0, or `Infinity`. @defaultValue what the storage says, or 200 */
  deadline?: number | undefined;
  /** Ms that a change waits, so that the next ones of its key take its place. Above 0. @defaultValue what the storage says, or 1_000 */
  delay?: number | undefined;
  /** What is never stored: keys that begin with one of these, or answers that have one of these tags. @defaultValue none */
  exclude?:
    | { readonly keys?: readonly QueryKey[] | undefined; readonly tags?: readonly string[] | undefined }
    | undefined;
  /** Encrypts or compresses data. @defaultValue none */
  codec?: Codec | undefined;
  /** Hears of the first failure, and again only after the storage has worked in between. @defaultValue none */
  onError?: ((error: unknown) => void) | undefined;
  /** Time and timers, for tests. @defaultValue those of the host */
  clock?: Clock | undefined;
}

/** Options without a default, or whose default the storage says. */
type Open = "storage" | "migrate" | "deadline" | "delay" | "exclude" | "codec" | "onError" | "clock";

/** Options that were checked, with their defaults. */
export interface ResolvedPersistOptions extends Resolved<PersistOptions, Open> {
  readonly storage: Tier;
  readonly deadline: number;
  readonly delay: number;
}

const isText = (value: unknown): boolean => typeof value === "string";
const SCOPE: Kind = ["a string that is not empty", (value) => isText(value) && value !== "", "user.id"];
const TIER: Kind = ["a tier", hasMethods("get", "set", "delete"), "indexedDbTier()"];
const CODEC: Kind = ["an object with encode() and decode()", hasMethods("encode", "decode"), "{ encode, decode }"];
const CLOCK: Kind = ["a clock", hasMethods("now"), "{ now, wallNow, schedule }"];
const EXCLUDE: Kind = ["an object with keys and tags", (value) => Object(value) === value, '{ tags: ["private"] }'];

const TABLE: OptionTable<Resolved<PersistOptions, Open>> = {
  // Checked also where it is missing.
  scope: [undefined, ""],
  storage: [TIER],
  buster: [["a string", isText, '"2"'], ""],
  migrate: [FUNCTION],
  maxAge: [MS, 604_800_000],
  maxEntries: [countTo(), 10_000],
  maxBytes: [countTo(), 50_000_000],
  deadline: [MS],
  delay: [MS],
  exclude: [EXCLUDE],
  codec: [CODEC],
  onError: [FUNCTION],
  clock: [CLOCK],
};

/** @throws MachoOptionError for an option that cannot be used, is missing, or does not exist */
export function resolvePersistOptions(given: PersistOptions, usual: () => Tier): ResolvedPersistOptions {
  const options = resolveOptions("persist", TABLE, given);
  checkKind("scope", options.scope, SCOPE);
  const storage = options.storage ?? usual();
  const { deadline = storage.deadline ?? 200, delay = storage.delay ?? 1_000 } = options;
  return { ...options, storage, deadline, delay };
}
