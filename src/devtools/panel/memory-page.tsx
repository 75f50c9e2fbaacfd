/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Recording } from "../recording.ts";
import { cacheOf, type DevtoolsSource, isClient } from "../source.ts";
import { MAX_DEPARTED } from "../departures.ts";
import { BalanceCard } from "./balance-card.tsx";
import { walkEntries, type Walked } from "./entry-walk.ts";
import { ExpiryCard } from "./expiry-card.tsx";
import { FilterCard } from "./filter-card.tsx";
import { filterHealth } from "./filter-health.ts";
import { HistogramCard } from "./histogram-card.tsx";
import { filterOfPrefix, prefixOf } from "./key-prefix.ts";
import { lifetimesOf, MAX_LIFETIMES } from "./lifetimes.ts";
import { useReading } from "./news.ts";
import type { PanelSetup } from "./setup.ts";
import { type GroupKind, NO_TAG, PrefixCard } from "./prefix-card.tsx";
import { useWalk } from "./use-walk.ts";

interface MemoryProps {
  source: DevtoolsSource;
  recording: Recording;
  setup: Pick<PanelSetup, "settings">;
  openEntries: (filter: string) => void;
}

/** What takes the memory, what expires when, and how evenly shards and filter work. */
export function MemoryPage({ source, recording, setup, openEntries }: MemoryProps): JSX.Element {
  const { sampler, stories } = recording;
  const [kind, chooseKind] = useState<GroupKind>("prefix");
  const isSized = setup.settings.estimates;
  const summary = useWalk(sampler, `${kind} ${isSized}`, () => walkEntries(walkedOf(recording, kind, isSized)));
  const fills = useReading(sampler, () => source.parts()?.stores.map(({ filterFill }) => filterFill) ?? []);
  const { metrics } = sampler;
  if (!metrics || !source.parts()) return <p class="empty">{metrics ? OTHER_COPY : "Waiting for the first sample."}</p>;
  const filter = filterHealth(metrics, fills);
  const isSharded = metrics.shards.length > 1;
  const lives = (
    <HistogramCard
      title="Lifespans"
      noun="removal"
      verb="lived"
      values={lifetimesOf(source.lifespans(), stories.ages.read(MAX_LIFETIMES)).all}
    />
  );
  return (
    <div class="overview memory" tabIndex={0} role="region" aria-label="Memory and shards">
      <div class="memory-cards">
        <PrefixCard {...{ summary, isSized, kind, chooseKind, openEntries }} hasTags={isClient(source.target)} />
        {isSharded && <BalanceCard metrics={metrics} />}
        {filter && <FilterCard health={filter} />}
        {!(isSharded && filter) && lives}
        <ExpiryCard {...{ summary, openEntries }} kind={source.kind} />
        {isSharded && filter && lives}
      </div>
      {!isSharded && (
        <p class="note">
          One shard{filter ? "" : " and no filter"}: there is nothing to balance
          {filter ? "" : " and nothing to let through"}.
        </p>
      )}
    </div>
  );
}

const OTHER_COPY = "This cache is of another copy of macho-cache, whose entries cannot be looked at here.";

export function walkedOf(recording: Recording, kind: GroupKind, isSized: boolean): Walked {
  const { source, stories } = recording;
  const cache = cacheOf(source.target);
  return {
    stores: source.parts()?.stores ?? [],
    isSized,
    groupOf: kind === "tag" ? tagsOf(source) : prefixOf,
    lifeOf: (key) => recording.lifeOf(key),
    remainingTtl: (key) => cache.remainingTtl(key as never),
    // The tags of a key that left are not known any more.
    departed: kind === "tag" ? [] : stories.latest(MAX_DEPARTED),
    now: Date.now(),
    random: Math.random,
  };
}

/** The tags of a key as words of the filter, which tell the groups apart; an entry with two tags is in a group of both. */
function tagsOf({ target }: DevtoolsSource): Walked["groupOf"] {
  const words = new Map<unknown, string>();
  if (isClient(target)) {
    for (const { hash, tags } of target.getQueries()) if (tags.length > 0) words.set(hash, tags.map(tagWord).join(" "));
  }
  return (hash) => words.get(hash) ?? NO_TAG;
}

function tagWord(tag: string): string {
  return filterOfPrefix(tag).replace("prefix", "tag");
}
