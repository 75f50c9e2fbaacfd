/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Metrics } from "../../core/index.ts";
import type { Recording } from "../recording.ts";
import type { PageName } from "../settings.ts";
import { usedWords } from "./bounds.ts";
import { duration } from "./format.ts";
import { useSamples } from "./news.ts";
import type { PanelSetup } from "./setup.ts";
import { Tabs } from "./tabs.tsx";

interface StateProps {
  setup: PanelSetup;
  recording: Recording;
  page: PageName;
}

/** How the cache is set up, and the pages, with a count of loads that failed. */
export function HeaderState({ setup, recording, page }: StateProps): JSX.Element {
  useSamples(recording.sampler);
  const { options, size, loads } = readable(() => recording.sampler.metrics) ?? {};
  return (
    <>
      {options && (
        <span class="setup-words note">
          {usedWords(size ?? 0, options.maxCacheSize)} · {options.strategy} ·{" "}
          {options.ttl === Infinity ? "no ttl" : duration(options.ttl)}
        </span>
      )}
      <Tabs
        page={page}
        choose={(next) => setup.change({ page: next })}
        failed={loads?.failed ?? 0}
        hasTier={recording.source.tier() !== undefined}
      />
    </>
  );
}

/** Metrics, if a cache can be read. One that cannot is told on the page. */
export function readable(metrics: () => Metrics | undefined): Metrics | undefined {
  try {
    return metrics();
  } catch {
    return undefined;
  }
}
