import { cleared } from "./cleared.ts";
import { failingLoads } from "./failing-loads.ts";
import type { Fault } from "./fault.ts";
import { shortTtl } from "./short-ttl.ts";
import { tooSmall } from "./too-small.ts";
import { unstableKey } from "./unstable-key.ts";

export const FAULTS: readonly [Fault, ...Fault[]] = [tooSmall, shortTtl, unstableKey, failingLoads, cleared];
