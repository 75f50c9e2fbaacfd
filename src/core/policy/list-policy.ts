import { LinkedSlots } from "../lru/linked-slots.ts";
import type { Policy } from "./policy.ts";

/** Evicts the oldest of a list, in which a hit renews an entry or does nothing. It is that list itself. */
export class ListPolicy extends LinkedSlots implements Policy {
  readonly hit: "relink" | "nothing";
  readonly list: LinkedSlots = this;

  constructor(hit: "relink" | "nothing") {
    super();
    this.hit = hit;
  }

  victim(): number {
    return this.links[0]!;
  }
}
