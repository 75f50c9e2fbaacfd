/** @jsxImportSource preact */
import type { JSX } from "preact";
import { estimateBytes, type Metrics, type Sizable } from "../../core/index.ts";
import type { Sampler } from "../sampler.ts";
import { Configuration } from "./configuration.tsx";
import { Figure, SizeFigure } from "./figures.tsx";
import { bytes, BYTES_OFF, count } from "./format.ts";
import { useSamples } from "./news.ts";
import type { PanelSetup } from "./setup.ts";
import { ShardTable } from "./shard-table.tsx";

interface GeneralProps {
  sampler: Sampler;
  setup: Pick<PanelSetup, "settings">;
}

/** How the cache is set up, how full it is, and what it weighs. */
export function GeneralPage({ sampler, setup }: GeneralProps): JSX.Element {
  useSamples(sampler);
  const { metrics } = sampler;
  // The first sample is taken when the panel starts to look, which is before it renders.
  if (!metrics) return <p class="empty">Waiting for the first sample.</p>;
  return (
    <div class="requests" tabIndex={0} role="region" aria-label="Configuration and size">
      <section class="figures three" aria-label="Size">
        <SizeFigure metrics={metrics} />
        <MemoryFigure parts={sampler.parts} metrics={metrics} isSized={setup.settings.estimates} />
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

interface MemoryProps {
  parts: Sizable["parts"] | undefined;
  metrics: Metrics;
  isSized: boolean;
}

/** One for each reading of the counters: a page that stands still keeps it. */
const estimates = new WeakMap<Metrics, ReturnType<typeof estimateBytes>>();

function MemoryFigure({ parts, metrics, isSized }: MemoryProps): JSX.Element | null {
  const { size } = metrics;
  if (parts === undefined) return null;
  if (!isSized) return <Figure label="Memory, estimated" value="off" note={BYTES_OFF} />;
  if (size === 0) return <Figure label="Memory, estimated" value="–" note="nothing is stored" />;
  const known = estimates.get(metrics) ?? estimateBytes({ parts });
  estimates.set(metrics, known);
  const { estimate, error } = known;
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
