/** @jsxImportSource preact */
import type { JSX } from "preact";
import { share } from "./figures.tsx";
import { type FilterHealth, filterVerdict } from "./filter-health.ts";
import { count, percent } from "./format.ts";

/** Whether the filter answers for absent keys as well as it was asked to. */
export function FilterCard({ health }: { health: FilterHealth }): JSX.Element {
  const { name, answered, mistakes, rate, planned, fill, most } = health;
  const room = name === "bloom" ? "Bits set" : "Places taken";
  const figures: [string, string][] = [
    ["Absent keys answered by it", count(answered)],
    ["Let through by mistake", rate === undefined ? "–" : `${count(mistakes)} = ${percent(rate)}`],
    ["Planned for", percent(planned)],
  ];
  if (fill !== undefined) figures.push([`${room}, ${percent(most)} when full`, percent(fill)]);
  return (
    <section class="card" aria-label="Filter">
      <header class="card-head">
        <h3>Filter</h3>
        <span class="note">
          <code>{name}</code>, for absent keys
        </span>
      </header>
      <dl class="health">
        {figures.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {fill !== undefined && (
        <span
          class="bar fill"
          role="img"
          aria-label={`${percent(fill)} of it is taken; it is made for ${percent(most)}`}
        >
          <i style={{ width: share(fill, 1), background: "var(--hit)" }} />
          <u style={{ insetInlineStart: share(most, 1) }} />
        </span>
      )}
      <p class="hint">
        <b class={health.isAsPlanned ? "" : "heavy"}>{filterVerdict(health)}</b>{" "}
        <span class="note">{fill !== undefined && "It is made anew, larger, whenever its shard grows."}</span>
      </p>
    </section>
  );
}
