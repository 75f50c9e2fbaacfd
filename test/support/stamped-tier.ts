import type { Stamp, TierChange } from "macho-cache/persist";
import { isLater } from "../../src/persist/stamp.ts";
import { MemoryTier } from "./memory-tier.ts";

/** What the tabs of one origin write together. */
export class Origin {
  readonly records: MemoryTier["records"] = new Map();
  /** The last change of each id, also where nothing is there any more. */
  readonly stamps = new Map<string, Stamp>();
  /** The last clear of each prefix. */
  readonly clears = new Map<string, Stamp>();
}

/** A tier of one of several tabs. As IndexedDB does, it leaves out what is older than what is there. */
export class StampedTier extends MemoryTier {
  readonly origin: Origin;

  constructor(origin: Origin = new Origin()) {
    super(origin.records);
    this.origin = origin;
  }

  override async write(changes: readonly TierChange[]): Promise<string[]> {
    const { stamps, clears } = this.origin;
    const late = (last: Stamp | undefined, n: Stamp): boolean => last !== undefined && !isLater(n, last);
    // They are compared when they are made, not when they are asked for.
    await super.write([]);
    const news = changes.filter(
      ({ id, n }) =>
        !late(stamps.get(id), n) && ![...clears].some(([prefix, last]) => id.startsWith(prefix) && late(last, n)),
    );
    for (const { id, n, isMark } of news) if (!isMark) stamps.set(id, n);
    return super.write(news);
  }

  override async clear(prefix: string, n: Stamp): Promise<void> {
    await super.clear(prefix, n);
    this.origin.clears.set(prefix, n);
  }
}
