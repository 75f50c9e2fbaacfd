import { MemoryTier } from "./memory-tier.ts";

/** What a Redis is to its clients: other machines write it as well. */
export class SharedTier extends MemoryTier {
  readonly shared = true;
  readonly deadline = 50;
  readonly delay = 10;
}
