// How changes are made in a tier, whatever methods it has.
import { MachoError } from "../core/lru/index.ts";
import { describe } from "../core/lru/internal.ts";
import { recordOf } from "./record.ts";
import type { Tier, TierChange } from "./tier.ts";

/** What storages call it when there is no room, of any age. */
const NO_ROOM = /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)$/;
/** What a value is refused with that cannot be stored anywhere. */
const NO_DATA = /DataCloneError|invalid-argument/;

/** What is given where a tier has no room. */
export const FULL: unique symbol = Symbol("full");

/** Makes changes. Returns the ids of what cannot be stored, or marked. @throws what the tier throws, but that it is full */
export async function writeTo(
  tier: Tier,
  changes: readonly TierChange[],
  fence: string,
): Promise<readonly string[] | typeof FULL> {
  try {
    if (!tier.write) return await oneByOne(tier, changes);
    const refused: unknown = await tier.write(changes, fence);
    return Array.isArray(refused) ? refused : [];
  } catch (error) {
    if (NO_ROOM.test(nameOf(error, "name"))) return FULL;
    throw error;
  }
}

/** In their order, and none after one that failed. */
async function oneByOne(tier: Tier, changes: readonly TierChange[]): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const change of changes) {
    try {
      if (!(await makeChange(tier, change))) refused.push(change.id);
    } catch (error) {
      if (!NO_DATA.test(`${nameOf(error, "name")} ${nameOf(error, "code")}`)) throw error;
      refused.push(change.id);
    }
  }
  return refused;
}

/** Returns whether what is there may stay. */
async function makeChange(tier: Tier, { id, record, isMark }: TierChange): Promise<boolean> {
  const found = isMark ? recordOf(await tier.get(id)) : record;
  if (typeof found === "object") await tier.set(id, isMark ? { ...found, i: 1 } : found);
  else if (!isMark) await tier.delete(id);
  return !isMark || typeof found === "object";
}

function nameOf(error: unknown, name: "name" | "code"): string {
  return String((error as Partial<Record<"name" | "code", unknown>> | null | undefined)?.[name]);
}

/** What the app is told of a value that cannot be stored. */
export function refusal({ name }: Tier, text: string): MachoError {
  const message = `${name} cannot hold the data of ${describe(text)}. Pass { persist: false }.`;
  return new MachoError("tier", message);
}
