/** @jsxImportSource preact */
import type { JSX } from "preact";
import { axisNumber, count } from "./format.ts";

/** Hit ratios of policies by size. */
export interface PolicyTable {
  readonly sizes: readonly number[];
  readonly rows: readonly { readonly strategy: string; readonly ratios: readonly number[] }[];
}

interface PolicyProps extends PolicyTable {
  now: { readonly strategy: string; readonly size: number };
  advised: { readonly strategy: string; readonly size: number } | undefined;
}

/** Policies that differ by less than this have no best one; what is within the second of the best is as good. */
const EVEN = 0.006;
const AS_GOOD = 0.005;

/** What each policy would have hit of 100 reads, at some sizes. */
export function PolicyCard({ sizes, rows, now, advised }: PolicyProps): JSX.Element {
  const best = sizes.map((_, at) => bestOf(rows.map(({ ratios }) => ratios[at] ?? 0)));
  const isAt = (place: PolicyProps["advised"], strategy: string, size: number | undefined): boolean =>
    place?.strategy === strategy && place.size === size;
  return (
    <section class="card policy-card" aria-label="Policy by size">
      <header class="card-head">
        <h3>Policy by size</h3>
        <span class="note">hits of 100 reads</span>
      </header>
      <div class="heat-scroll" tabIndex={0} role="region" aria-label="Policy by size, table">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">policy</th>
              {sizes.map((size) => (
                <th key={size} scope="col" class={size === now.size ? "now-size" : undefined} title={count(size)}>
                  {axisNumber(size)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ strategy, ratios }) => (
              <tr key={strategy}>
                <th scope="row">
                  <code>{strategy}</code>
                </th>
                {ratios.map((ratio, at) => {
                  const isBest = ratio >= (best[at] ?? Infinity);
                  const isNow = isAt(now, strategy, sizes[at]);
                  const isGoal = isAt(advised, strategy, sizes[at]);
                  return (
                    <td
                      key={sizes[at]}
                      class={[isBest && "best", isNow && "now", isGoal && "goal"].filter(Boolean).join(" ")}
                      style={{ "--v": ratio }}
                    >
                      {Math.round(100 * ratio)}
                      {isBest && <span class="hidden-words"> best of its size</span>}
                      {isNow && <span class="hidden-words"> now</span>}
                      {isGoal && <span class="hidden-words"> advised</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="legend" aria-hidden="true">
        <span>★ best of its size</span>
        <span class="legend-item">
          <i class="frame now" /> now
        </span>
        {advised && (
          <span class="legend-item">
            <i class="frame goal" /> advised
          </span>
        )}
      </p>
    </section>
  );
}

/** The ratio from which one is as good as the best; `Infinity` where all are about even. */
function bestOf(ratios: readonly number[]): number {
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
  return high - low < EVEN ? Infinity : high - AS_GOOD;
}
