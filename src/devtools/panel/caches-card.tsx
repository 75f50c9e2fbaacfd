/** @jsxImportSource preact */
import type { JSX } from "preact";
import { recordingOf } from "../recording.ts";
import { usedWords } from "./bounds.ts";
import { DataTable } from "./data-table.tsx";
import { count, percent } from "./format.ts";
import { readable } from "./header-state.tsx";
import { Card } from "./pref.tsx";
import type { PanelSetup } from "./setup.ts";

/** Several caches at a glance. Choosing one shows it. */
export function CachesCard({ setup, target }: { setup: PanelSetup; target: string }): JSX.Element {
  const rows = setup.targets.map(({ name, target: cache }) => {
    const recording = recordingOf(cache);
    const choose = (
      <button
        type="button"
        class="small-button"
        aria-pressed={name === target}
        onClick={() => setup.change({ target: name, page: "overview" })}
      >
        {name || "Macho"}
      </button>
    );
    const metrics = readable(() => recording.source.metrics());
    if (!metrics) return [choose, "cannot be read", "", "", ""];
    const { size, options, hitRatio, loads } = metrics;
    const advice = recording.advice?.text ?? "not looked at yet";
    return [choose, usedWords(size, options.maxCacheSize), percent(hitRatio), count(loads.failed), advice];
  });
  return (
    <Card title="Caches">
      <DataTable
        label="Caches"
        columns={["cache", "entries", "hit ratio", "failed loads", "advice"]}
        rows={rows}
        tall
      />
    </Card>
  );
}
