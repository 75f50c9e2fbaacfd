import { MachoError } from "../core/lru/index.ts";
import { countTo, describe, type OptionTable, resolveOptions } from "../core/lru/internal.ts";
import { FAILED } from "./guarded-tier.ts";
import { type Acquire, LONGEST_WAIT, oneLoad, type ShareLoad } from "./one-load.ts";
import type { Persister } from "./persister.ts";
import type { Tier } from "./tier.ts";

/** Where a tier says how loads over it wait for each other: so only those who use a lock download it. */
export const SHARE: unique symbol = Symbol.for("macho-cache.share");

/** A tier that says it. */
export interface LockedTier extends Tier {
  [SHARE]?(persister: Persister): ShareLoad;
}

/** Options of {@link withLock}. */
export interface LockOptions {
  /**
   * Ms that a load waits for that of another process, and for which a lock is held at most: an integer from 1 to 600,000.
   * @defaultValue 1_000
   */
  wait?: number | undefined;
}

const OPTIONS: OptionTable<{ wait: number }> = { wait: [countTo(600_000), LONGEST_WAIT] };

/**
 * Has the processes that share a tier load one after the other what all of them want: one loads, under the tier's `lock`,
 * and the others take its answer from there. `redisTier(client, { lock: true })` does it by itself.
 * It only spares loads. Who has waited for `wait` loads all the same, and who cannot reach the tier does at once.
 * @param tier with a method `lock`
 * @returns the same tier
 * @throws MachoError "invalid-argument" for a tier without one; MachoOptionError for an option that cannot be used
 */
export function withLock(tier: Tier, options: LockOptions = {}): Tier {
  const { wait } = resolveOptions("withLock", OPTIONS, options);
  if (typeof tier?.lock !== "function") {
    const message = `withLock needs a tier with a method lock, got ${describe(tier)}.`;
    throw new MachoError("invalid-argument", `${message} Pass one that has it, such as that of a Redis.`);
  }
  const share = (persister: Persister): ShareLoad => oneLoad(persister, acquireOf(persister, wait), wait);
  return Object.assign(tier, { [SHARE]: share });
}

/** Takes the lock within the deadline of the tier. A lock that comes later is given back. */
function acquireOf({ guarded, options, reader }: Persister, wait: number): Acquire {
  return async (id, _left, mayWait) => {
    let isLate = false;
    // Who has just waited for an answer in vain does not wait once more.
    const canAsk = mayWait || reader.isInTime;
    const taken = canAsk
      ? await guarded.call(options.deadline, async (tier) => {
          const release = await tier.lock!(id, wait);
          if (isLate) await release?.();
          return release;
        })
      : FAILED;
    isLate = true;
    if (taken === FAILED) throw new MachoError("tier", `${guarded.tier.name} could not be asked for a lock.`);
    return taken;
  };
}
