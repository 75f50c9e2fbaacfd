import { isLater } from "./stamp.ts";
import type { TierMeta } from "./tier.ts";
import { isStamp } from "./stamp.ts";
import { textOfId } from "./tier-id.ts";

/** The part of the bounds that is left free when room is made, so that it is not made for each write. */
const FREED = 0.1;

/**
 * What a tier holds, as far as that can be known: where only pages of this origin write it. Keys by their text, in the order
 * in which they were written last.
 */
export class TierIndex {
  /** Whether the tier has said what it holds. Before, nobody knows what is not there. */
  isComplete = false;
  bytes = 0;
  /** Nothing expires earlier, in ms of wall time. */
  lowest: number = Infinity;
  readonly metas: Map<string, TierMeta> = new Map();

  /** What the tier said. Others may have written what is not as it should be. */
  fill(prefix: string, listed: readonly (readonly [id: string, meta: TierMeta])[]): void {
    this.clear();
    const good = listed.filter(([id, meta]) => id.startsWith(prefix) && isStamp(meta?.n) && meta.x > 0 && meta.z >= 0);
    good.sort(([, one], [, other]) => one.n[0] - other.n[0]);
    for (const [id, meta] of good) this.set(textOfId(id.slice(prefix.length)), meta);
    this.isComplete = true;
  }

  set(text: string, meta: TierMeta): void {
    this.delete(text);
    this.metas.set(text, meta);
    this.bytes += meta.z;
    if (meta.x < this.lowest) this.lowest = meta.x;
  }

  /** The same, unless what is known is newer. */
  setNewer(text: string, meta: TierMeta): void {
    const known = this.metas.get(text);
    if (!known || !isLater(known.n, meta.n)) this.set(text, meta);
  }

  delete(text: string): void {
    this.bytes -= this.metas.get(text)?.z ?? 0;
    this.metas.delete(text);
  }

  clear(): void {
    this.metas.clear();
    this.bytes = 0;
    this.lowest = Infinity;
  }

  /** Nobody knows any more what is there. Gives what was known. */
  forget(): ReadonlySet<string> {
    const known = new Set(this.metas.keys());
    this.clear();
    this.isComplete = false;
    return known;
  }

  /** Whether it is certain that the tier does not hold it. */
  lacks(text: string): boolean {
    return this.isComplete && !this.metas.has(text);
  }

  /** What has expired by this wall time. */
  expiredBy(now: number): string[] {
    if (now < this.lowest) return [];
    this.lowest = Infinity;
    const expired: string[] = [];
    for (const [text, { x }] of this.metas) {
      if (x <= now) expired.push(text);
      else if (x < this.lowest) this.lowest = x;
    }
    return expired;
  }

  /**
   * What has to go for the bounds: the coldest first, which is what was written longest ago and `isHot` knows nothing of.
   * None while the bounds hold.
   */
  victims(maxEntries: number, maxBytes: number, isHot: (text: string) => boolean): string[] {
    let [entries, bytes] = [this.metas.size, this.bytes];
    if (entries <= maxEntries && bytes <= maxBytes) return [];
    return this.#coldest(isHot, ({ z }) => {
      const isEnough = entries <= maxEntries * (1 - FREED) && bytes <= maxBytes * (1 - FREED);
      entries--;
      bytes -= z;
      return !isEnough;
    });
  }

  /** The coldest tenth, and at least one: for a storage that is full. */
  tenth(isHot: (text: string) => boolean): string[] {
    let left = Math.ceil(this.metas.size * FREED);
    return this.#coldest(isHot, () => left-- > 0);
  }

  #coldest(isHot: (text: string) => boolean, wants: (meta: TierMeta) => boolean): string[] {
    const found: string[] = [];
    for (const hot of [false, true]) {
      for (const [text, meta] of this.metas) {
        if (isHot(text) !== hot) continue;
        if (!wants(meta)) return found;
        found.push(text);
      }
    }
    return found;
  }
}
