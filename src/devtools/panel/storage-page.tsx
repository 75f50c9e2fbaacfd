/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import type { TierStatus } from "../../core/lru/tier.ts";
import type { Sampler } from "../sampler.ts";
import { cacheOf, type DevtoolsSource } from "../source.ts";
import { share } from "./figures.tsx";
import { ago, bytes, count, percent } from "./format.ts";
import { errorWords } from "./guarded.tsx";
import { momentOf, useReading } from "./news.ts";
import { StorageActions } from "./storage-actions.tsx";
import { boundHints, readHints, storageWords, writeHints } from "./storage-words.ts";

interface StorageProps {
  source: DevtoolsSource;
  sampler: Sampler;
}

/** What is stored behind the cache, whether that works, and why not. */
export function StoragePage({ source, sampler }: StorageProps): JSX.Element {
  const status = useReading(sampler, () => source.tier()?.status);
  if (!status) return <p class="empty">Nothing of this cache is stored any more: its persistence was stopped.</p>;
  const { tone, verdict, evidence, remedy } = storageWords(status);
  const now = momentOf(sampler);
  return (
    <div class="overview memory" tabIndex={0} role="region" aria-label="Storage">
      <section class={`diagnosis ${tone}`} aria-label="State">
        <div>
          <p class="verdict">{verdict}</p>
          {evidence && <p class="evidence">{evidence}</p>}
          {remedy && <p class="remedy">{remedy}</p>}
        </div>
        <StorageActions
          target={source.target}
          view={source.tier()}
          stored={status.entries}
          inMemory={cacheOf(source.target).size}
        />
      </section>
      <div class="memory-cards four">
        <ReadsCard status={status} />
        <StoredCard status={status} now={now} />
        <WritesCard status={status} now={now} />
        <FailuresCard status={status} />
      </div>
    </div>
  );
}

function ReadsCard({ status }: { status: TierStatus }): JSX.Element {
  const { hits, misses, absent, late, unusable, unanswered } = status;
  const reads = hits + misses;
  return (
    <StorageCard title="Reads" note="since the page began" hints={readHints(status)}>
      <p class="ratio-now">
        {percent(reads === 0 ? null : hits / reads)} <span class="note">of {count(reads)} found an entry</span>
      </p>
      <span class="bar" aria-hidden="true">
        <i style={{ width: share(hits, reads), background: "var(--hit)" }} />
        <i style={{ width: share(misses, reads), background: "var(--miss)" }} />
      </span>
      <Rows
        of={[
          ["Hits", count(hits)],
          ["Misses", count(misses)],
          ["… not asked, as nothing is there", count(absent)],
          ["… too late", count(late)],
          ["… not usable", count(unusable)],
          ["Not answered", count(unanswered)],
        ]}
      />
    </StorageCard>
  );
}

function StoredCard({ status, now }: { status: TierStatus; now: number }): JSX.Element {
  const { tier, scope, entries, bytes: size, oldest, evicted, expired } = status;
  return (
    <StorageCard title="Stored" note={tier} hints={boundHints(status)}>
      <Rows
        of={[
          ["Scope", scope],
          ["Entries", entries === undefined ? "not known" : count(entries)],
          ["Bytes, about", size === undefined ? "not known" : bytes(size)],
          ["Oldest", oldest === undefined ? "–" : ago(oldest, now)],
          ["Removed for room", count(evicted)],
          ["Removed as too old", count(expired)],
        ]}
      />
    </StorageCard>
  );
}

function WritesCard({ status, now }: { status: TierStatus; now: number }): JSX.Element {
  const { pending, writes, deletes, unpersistable, dropped, lastWrite } = status;
  return (
    <StorageCard
      title="Writes"
      note={`last: ${lastWrite === undefined ? "none" : ago(lastWrite, now)}`}
      hints={writeHints(status)}
    >
      <Rows
        of={[
          ["Waiting", count(pending)],
          ["Written", count(writes)],
          ["Removed", count(deletes)],
          ["Not storable", count(unpersistable)],
          ["Given up", count(dropped)],
        ]}
      />
    </StorageCard>
  );
}

/** What a breaker does with calls. */
const CALLS: Readonly<Record<TierStatus["breaker"], string>> = {
  closed: "go through",
  open: "are not made",
  "half-open": "one tries",
};

function FailuresCard({ status: { breaker, failures, lastError } }: { status: TierStatus }): JSX.Element {
  return (
    <StorageCard title="Failures" note="of calls" hints={[]}>
      <Rows
        of={[
          ["Calls", CALLS[breaker]],
          ["Failed or too slow", count(failures)],
        ]}
      />
      {lastError === undefined ? (
        <p class="hint note">No error yet.</p>
      ) : (
        <p class="hint">
          <b class="heavy">Last error</b> <code>{errorWords(lastError)}</code>
        </p>
      )}
    </StorageCard>
  );
}

interface CardProps {
  title: string;
  note: string;
  /** What to do. */
  hints: readonly string[];
  children: ComponentChildren;
}

function StorageCard({ title, note, hints, children }: CardProps): JSX.Element {
  return (
    <section class="card" aria-label={title}>
      <header class="card-head">
        <h3>{title}</h3>
        <span class="note">{note}</span>
      </header>
      {children}
      {hints.map((hint) => (
        <p key={hint} class="hint">
          {hint}
        </p>
      ))}
    </section>
  );
}

function Rows({ of }: { of: readonly (readonly [term: string, value: string])[] }): JSX.Element {
  return (
    <dl class="health">
      {of.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
