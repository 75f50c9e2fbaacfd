import type { Answers } from "macho-cache/devtools/expose";
import { age, bytes, count } from "./figures.ts";
import { visible } from "./visible-text.ts";

type Entry = NonNullable<Answers["entry"]["entry"]>;

/** What is known of an entry beside its value, in one line. */
export function entryWords(entry: Entry): string {
  const { reads, size, weight, pins, shard, isPersisted, hooks, tags } = entry;
  const words = [
    entry.status === "stored" ? undefined : entry.status,
    entry.age === undefined ? undefined : `written ${age(entry.age)} ago`,
    ttlWords(entry),
    reads === undefined ? undefined : reads === 0 ? "not read" : `read ${times(reads)}`,
    size === undefined ? undefined : `about ${bytes(size)}`,
    weight === undefined ? undefined : `weight ${count(weight)}`,
    pins === undefined ? undefined : `pinned ${times(pins)}`,
    shard === undefined ? undefined : `shard ${shard}`,
    isPersisted === undefined ? undefined : isPersisted ? "persisted" : "not persisted",
    hooks === undefined ? undefined : `shown by ${count(hooks)} ${hooks === 1 ? "hook" : "hooks"}`,
    tags === undefined ? undefined : `tags ${visible(tags.join(", "))}`,
  ];
  return words.filter((each) => each !== undefined).join(", ");
}

/** What is left of its life: `48 s left of 1 m 0 s`. */
export function ttlWords({ ttlLeft, ttl }: Pick<Entry, "ttlLeft" | "ttl">): string {
  if (ttlLeft === undefined) return "nothing stored";
  if (ttlLeft === Infinity) return "kept for ever";
  return `${age(ttlLeft)} left${ttl === undefined || ttl === Infinity ? "" : ` of ${age(ttl)}`}`;
}

function times(number: number): string {
  return number === 1 ? "once" : `${count(number)} times`;
}

/** A key that is empty can be seen as well. */
export function keyWords(key: string): string {
  return key === "" ? "(empty string)" : visible(key);
}

/** What is told of a key that is not there. */
export function absentWords(key: string): string {
  return `${keyWords(key)} is not there. macho why tells whether it was, and how it left.`;
}
