// How changes are made in a tier, whatever methods it has.
import type { Tier, TierChange, TierRecord } from "./tier.ts";

/** What storages call it when there is no room, of any age. */
const NO_ROOM = /^(QuotaExceededError|NS_ERROR_DOM_QUOTA_REACHED)$/;
/** What a value is refused with that cannot be stored anywhere. */
const NO_DATA = /DataCloneError|invalid-argument/;

/** What is given where a tier has no room. */
export const FULL: unique symbol = Symbol("full");

/** Makes changes. Returns the ids of what cannot be stored. @throws what the tier throws, but that it is full */
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
      await makeChange(tier, change);
    } catch (error) {
      if (!NO_DATA.test(`${nameOf(error, "name")} ${nameOf(error, "code")}`)) throw error;
      refused.push(change.id);
    }
  }
  return refused;
}

async function makeChange(tier: Tier, { id, record, isMark }: TierChange): Promise<void> {
  if (record) await tier.set(id, record);
  else if (!isMark) await tier.delete(id);
  else {
    const found = await tier.get(id);
    // It was written here, and is looked at when it is read.
    if (found) await tier.set(id, { ...(found as TierRecord), i: 1 });
  }
}

function nameOf(error: unknown, name: "name" | "code"): string {
  return String((error as Partial<Record<"name" | "code", unknown>> | null | undefined)?.[name]);
}
