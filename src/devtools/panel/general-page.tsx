/** @jsxImportSource preact */
import type { JSX } from "preact";
import { estimateBytes, type Sizable } from "../../core/index.ts";
import type { Sampler } from "../sampler.ts";
import { Configuration } from "./configuration.tsx";
import { Figure, SizeFigure } from "./figures.tsx";
import { bytes, count } from "./format.ts";
import { useSamples } from "./news.ts";
import { ShardTable } from "./shard-table.tsx";

interface GeneralProps {
  sampler: Sampler;
}

/** How the cache is set up, how full it is, and what it weighs. */
export function GeneralPage({ sampler }: GeneralProps): JSX.Element {
  useSamples(sampler);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Configuration and size">
      <section class="figures three" aria-label="Size">
        <SizeFigure metrics={metrics} />
        <MemoryFigure parts={sampler.parts} size={metrics.size} />
        <Figure
          label="Requests"
          value={count(metrics.gets + metrics.sets)}
          note={`${count(metrics.gets)} gets and ${count(metrics.sets)} sets`}
        />
      </section>
      <div class="general">
        <Configuration metrics={metrics} />
        <ShardTable metrics={metrics} />
      </div>
    </div>
  );
}

function MemoryFigure({ parts, size }: { parts: Sizable["parts"] | undefined; size: number }): JSX.Element | null {
  if (parts === undefined) return null;
  if (size === 0) return <Figure label="Memory, estimated" value="–" note="nothing is stored" />;
  const { estimate, error } = estimateBytes({ parts });
  return (
    <div class="figure">
      <span class="figure-label">Memory, estimated</span>
      <span class="figure-value">
        ~{bytes(estimate)} <small>± {bytes(error)}</small>
      </span>
      <span class="note">{bytes(estimate / size)} an entry, keys and values by a sample</span>
    </div>
  );
}
