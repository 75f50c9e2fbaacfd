import { MachoError } from "../core/lru/index.ts";
import type { Tier } from "./tier.ts";

/** How the tier is set up. */
export interface IndexedDbOptions {
  /** The name of the database. @defaultValue "macho-cache" */
  readonly name?: string | undefined;
}

/** Its adapter is built beside this. */
export function indexedDbTier(_options: IndexedDbOptions = {}): Tier {
  throw new MachoError("tier", "Pass a { storage }.");
}
