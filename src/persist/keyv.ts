/**
 * A storage for `persist` over Keyv or a `Map`.
 * @packageDocumentation
 * @since 0.2.0
 */
import { checkKind, type Kind } from "../core/lru/checks.ts";
import { hasMethods } from "./methods.ts";
import { headerOfText, recordOfText, textOfRecord } from "./record-text.ts";
import type { MaybePromise, Tier, TierMeta } from "./tier.ts";

/** What a store of Keyv has, and so have others: a Map, cacheable, or an adapter of Keyv. Times to live are in ms. */
export interface KeyvStore {
  /** What is there under a key; `undefined` for nothing. */
  get(name: string): MaybePromise<unknown>;
  /** Stores a value under a key. */
  set(name: string, text: string, ttl?: number): MaybePromise<unknown>;
  /** Removes what is there under a key. */
  delete(name: string): MaybePromise<unknown>;
}

/** What some of them have besides: names and texts. */
interface Iterables {
  iterator?: unknown;
  entries?: unknown;
}
type Pairs = () => AsyncIterable<readonly [string, unknown]> | Iterable<readonly [string, unknown]>;

const KEYV: Kind = ["a Keyv or a Map", hasMethods("get", "set", "delete"), "keyvTier(new Keyv())"];

/**
 * Keeps entries as text in a Keyv, or in a Map. What other machines may write as well is `shared`: only answers that are
 * marked so go there. A Map is not. Where a Keyv is not either: `{ ...keyvTier(store), shared: false }`.
 *
 * A Keyv and its adapter take what fails for a miss unless both are told to say so, by `throwOnErrors: true`.
 * @throws MachoOptionError for what is no such store
 *
 * @example
 * const redis = new KeyvRedis(url, { throwOnErrors: true });
 * persist(client, { storage: keyvTier(new Keyv(redis, { throwOnErrors: true })), scope: "public" });
 */
export function keyvTier(store: KeyvStore): Tier {
  checkKind("storage", store, KEYV);
  const { iterator, entries } = store as Iterables;
  const pairs = [iterator, entries].find((list): list is Pairs => typeof list === "function");
  return {
    name: "Keyv",
    shared: !(store instanceof Map),
    get: async (id) => recordOfText(await store.get(id)),
    set: (id, record) => {
      const ms = Math.max(1, Math.ceil(record.x - record.t));
      return store.set(id, textOfRecord(record), ms < Infinity ? ms : undefined);
    },
    delete: (id) => store.delete(id),
    ...(pairs && {
      async list(prefix) {
        const found: [string, TierMeta][] = [];
        for await (const [id, text] of pairs.call(store))
          if (id.startsWith(prefix)) found.push([id, headerOfText(text)]);
        return found;
      },
    }),
  };
}
