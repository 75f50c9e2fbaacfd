/**
 * A storage for `persist` in Redis, by ioredis or iovalkey.
 * @packageDocumentation
 * @since 0.2.0
 */
import { checkKind, type Kind, type OptionTable, resolveOptions } from "../core/lru/internal.ts";
import { hasMethods } from "./methods.ts";
import { headerOfText, recordOfText, textOfRecord } from "./record-text.ts";
import { type LockOptions, withLock } from "./tier-lock.ts";
import type { Stamp, Tier, TierMeta, TierRecord } from "./tier.ts";

/** What a client of Redis has, as those of ioredis and iovalkey do. */
export interface RedisClient {
  readonly options?: { readonly keyPrefix?: string | undefined } | undefined;
  get(key: string): Promise<string | null>;
  mget(keys: string[]): Promise<(string | null)[]>;
  set(key: string, value: string, px: "PX", ms: number, nx: "NX"): Promise<string | null>;
  unlink(keys: string[]): Promise<number>;
  scan(cursor: string, match: "MATCH", pattern: string, count: "COUNT", most: number): Promise<[string, string[]]>;
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>;
}

/** Options of {@link redisTier}. */
export interface RedisTierOptions {
  /**
   * Whether one process loads what several want, while the others wait for its answer: for `wait` ms, 1_000 by default.
   * @defaultValue false
   */
  lock?: boolean | LockOptions | undefined;
}

const LOCKING: Kind = [
  "true, false or an object with wait",
  (lock) => typeof lock === "boolean" || Object(lock) === lock,
  "{ wait: 500 }",
];
const OPTIONS: OptionTable<{ lock: boolean | LockOptions }> = { lock: [LOCKING, false] };
const REDIS: Kind = [
  "a client of ioredis or iovalkey",
  hasMethods("get", "mget", "set", "unlink", "scan", "eval"),
  "redisTier(new Redis(url))",
];
/** Ms for which a removal is remembered, and a clear of a scope: so much later may an older write of another server come. */
const REMOVAL_MS = 60_000;
const CLEAR_MS = 86_400_000;
/** The end of a name that remembers a removal, of what stands for all of a scope, and of a lock. No id has such a character. */
const GONE = "!";
const ALL = "!all";
const LOCK = "!lock";
/** The latest time that there is. */
const LATEST = 8.64e15;
/** Names that are looked through at once. */
const SCANNED = 1_000;

/**
 * Makes changes in one step, but for those that are older than what is there. It is sent each time: it is short beside what
 * it writes, and no server has to know it from before.
 * KEYS are the memory of a clear, and for each change its name and the memory of its removal. ARGV has for each change its
 * stamp, its text ("s" for a mark, nothing for a removal), and its end: a wall time, or ms for a removal.
 */
const WRITE = `
local function stamp(text)
  local at, by = string.match(text, '%[([^,]*),"([^"]*)"')
  return tonumber(at), by
end
local function late(key, at, by)
  local a, b = stamp(redis.call('GETRANGE', key, 0, 199))
  return a and (a > at or a == at and b > by)
end
for i = 2, #KEYS, 2 do
  local key, gone, j = KEYS[i], KEYS[i + 1], i * 1.5 - 2
  local n, text, x = ARGV[j], ARGV[j + 1], ARGV[j + 2]
  local at, by = stamp(n)
  if late(KEYS[1], at, by) or late(key, at, by) or late(gone, at, by) then
  elseif text == 's' then
    local old = redis.call('GET', key)
    local head = old and string.match(old, '^m{"n":%b[]')
    if head then redis.call('SET', key, 'm{"n":' .. n .. ',"i":1' .. string.sub(old, #head + 1), 'KEEPTTL') end
  elseif text == '' then
    redis.call('UNLINK', key)
    redis.call('SET', gone, n, 'PX', x)
  else
    redis.call('SET', key, text, 'PXAT', x)
  end
end`;
/** A change, as the script takes it. */
type Made = readonly [id: string, n: Stamp, text: string, end: number];
/** Gives a lock back, unless somebody else has it by now. */
const RELEASE = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1])";

/**
 * Keeps entries as text in Redis 6.2 or later, or in Valkey, for all servers that share it: only answers marked `shared` go
 * there. An older write of one server never replaces a newer one of another. Not for a cluster, where names live apart.
 *
 * A read waits for 50 ms, whatever the client does. A client that gives up by itself keeps no queue of what nobody waits for:
 * pass it `maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100`. Give it a listener of `error` as well,
 * or it writes each lost connection to the console.
 * @param client of ioredis or iovalkey. It stays yours: end it yourself
 * @throws MachoOptionError for what is no such client, and for an option that cannot be used
 *
 * @example
 * const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 100 });
 * persist(client, { storage: redisTier(redis), scope: "public" });
 */
export function redisTier(client: RedisClient, options: RedisTierOptions = {}): Tier {
  const { lock } = resolveOptions("redisTier", OPTIONS, options);
  checkKind("storage", client, REDIS);

  const run = (fence: string, changes: readonly Made[]): Promise<unknown> => {
    const names = changes.flatMap(([id]) => [id, id + GONE]);
    const args = changes.flatMap(([, n, text, end]) => [JSON.stringify(n), text, String(end)]);
    return client.eval(WRITE, names.length + 1, fence + ALL + GONE, ...names, ...args);
  };

  const endOf = ({ x }: TierRecord): number => Math.min(LATEST, Math.max(1, Math.ceil(x)));

  /** Goes through all names of entries that begin so, page by page. */
  const scan = async (prefix: string, each: (ids: string[]) => Promise<unknown>): Promise<void> => {
    // The client puts it in front of names, but not of patterns.
    const base = client.options?.keyPrefix ?? "";
    const pattern = `${(base + prefix).replace(/[*?[\]\\]/g, "\\$&")}*`;
    for (let cursor = ""; cursor !== "0";) {
      const [next, names] = await client.scan(cursor || "0", "MATCH", pattern, "COUNT", SCANNED);
      const ids = names.map((name) => name.slice(base.length)).filter((id) => !id.includes(GONE));
      if (ids.length > 0) await each(ids);
      cursor = next;
    }
  };

  const getMany = async (ids: readonly string[]): Promise<unknown[]> =>
    ids.length > 0 ? (await client.mget([...ids])).map(recordOfText) : [];

  const tier: Tier = {
    name: "Redis",
    shared: true,
    deadline: 50,
    // Others look for it already.
    delay: 10,
    get: async (id) => recordOfText(await client.get(id)),
    set: (id, record) => run(id, [[id, record.n, textOfRecord(record), endOf(record)]]),
    delete: (id) => client.unlink([id]),
    getMany,
    async write(changes, fence) {
      const refused: string[] = [];
      const made = changes.map(({ id, n, record, isMark }): Made => {
        try {
          if (record) return [id, n, textOfRecord(record), endOf(record)];
        } catch {
          refused.push(id);
        }
        return [id, n, isMark ? "s" : "", REMOVAL_MS];
      });
      await run(fence, made);
      return refused;
    },
    async list(prefix) {
      const found: [string, TierMeta][] = [];
      await scan(prefix, async (ids) => {
        const texts = await client.mget(ids);
        texts.forEach((text, at) => text && found.push([ids[at]!, headerOfText(text)]));
      });
      return found;
    },
    async clear(prefix, n) {
      await run(prefix, [[prefix + ALL, n, "", CLEAR_MS]]);
      await scan(prefix, (ids) => client.unlink(ids));
    },
    ...(lock && {
      async lock(id, ms) {
        const token = crypto.randomUUID();
        const isFree = await client.set(id + LOCK, token, "PX", Math.max(1, Math.ceil(ms)), "NX");
        return isFree ? () => client.eval(RELEASE, 1, id + LOCK, token) : undefined;
      },
    }),
  };
  return lock ? withLock(tier, lock === true ? {} : lock) : tier;
}
