/** @jsxImportSource preact */
// The evidence for the advice, and what makes it. Loaded when somebody looks at a cache that was used.
import type { JSX } from "preact";
import type { Analysis } from "./analysis.ts";
import { PolicyCard } from "./policy-card.tsx";
import { SizeCard, type SizeCurve, type SizePoint } from "./size-card.tsx";

export { analyse } from "./analysis.ts";
export { Diagnosis } from "./diagnosis.tsx";
export { LifeStrip } from "./life-strip.tsx";
export { MissedCard } from "./missed-card.tsx";
export { MissesByCause } from "./misses-by-cause.tsx";
export { EVIDENCE_STYLE } from "./style-evidence.ts";

/** The hit ratio by size, and policies by size; nothing where no size can be compared, or too little was recorded. */
export function Evidence({ advice, now, curves, knee, ceiling, table, lookups }: Analysis): JSX.Element | null {
  if (!now || advice.kind === "wait") return null;
  const { maxCacheSize: size, strategy } = (advice.tone === "change" ? advice.change?.settings : undefined) ?? {};
  const isAdvised = size !== undefined || strategy !== undefined;
  const policy = typeof strategy === "string" ? strategy : now.strategy;
  return (
    <>
      <SizeCard
        curves={curves}
        now={now}
        knee={knee}
        advised={size === undefined ? undefined : pointAt(curves, size)}
        ceiling={ceiling}
        lookups={lookups}
      />
      <PolicyCard {...table} now={now} advised={isAdvised ? { size: size ?? now.size, strategy: policy } : undefined} />
    </>
  );
}

/** The advised size on the curve of the policy that is set. */
function pointAt(curves: readonly SizeCurve[], size: number): SizePoint | undefined {
  return curves[0]?.points.find((point) => point.size === size);
}
