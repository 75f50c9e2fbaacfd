import { curveScale } from "./curve-scale.ts";
import { escaped } from "./markup.ts";
import { ranked, ratioText, sizeText } from "./result-words.ts";
import type { PolicyRatios, TraceResult } from "./result.ts";

/** Units of the drawing. It is stretched to the width of the page; texts are beside it, and are not. */
const WIDE = 1_000;
const HIGH = 500;
const LEVELS = [1, 0.75, 0.5, 0.25, 0];
/** Names of sizes are so far apart at least, as a share of the width. */
const APART = 0.17;

/** The curves, with their axes and names. */
export function pageChart(result: TraceResult, id: string): string {
  const scale = curveScale(result);
  const levels = LEVELS.map(
    (level) => `<span style="top:${(1 - level) * 100}%">${Math.round(level * scale.top * 100)}%</span>`,
  );
  const sizes = ticks(result, scale.x).map(
    ([size, x]) => `<span style="left:${(x * 100).toFixed(2)}%">${shortSize(size)}</span>`,
  );
  return `<figure>
<figcaption>Miss ratio by ${result.unit}${scale.isLogarithmic ? ", each step right larger by the same factor" : ""}</figcaption>
<div class="chart"><div class="levels" aria-hidden="true">${levels.join("")}</div>
<svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">Miss ratios of ${escaped(result.trace)}</title>
<desc id="${id}-desc">${description(result)} The table below has every figure.</desc>
${LEVELS.map((level) => `<path class="level" d="M0 ${(1 - level) * HIGH}H${WIDE}"/>`).join("")}
${[...ranked(result)]
  .reverse()
  .map((policy) => line(policy, scale))
  .join("\n")}
</svg><div class="sizes" aria-hidden="true">${sizes.join("")}</div></div>
<ul class="legend">${ranked(result)
    .map(
      ({ policy }) =>
        `<li class="of-${policy}"><svg viewBox="0 0 24 4" aria-hidden="true"><path d="M0 2H24"/></svg>${policy}</li>`,
    )
    .join("")}</ul>
</figure>`;
}

function line({ policy, curve }: PolicyRatios, scale: ReturnType<typeof curveScale>): string {
  const places = curve.map(
    ({ size, missRatio }) => `${(scale.x(size) * WIDE).toFixed(1)} ${((1 - scale.y(missRatio)) * HIGH).toFixed(1)}`,
  );
  // A curve of one size is a short line at its level.
  const level = places[0]!.split(" ")[1]!;
  const path = places.length > 1 ? `M${places.join("L")}` : `M${WIDE * 0.4} ${level}H${WIDE * 0.6}`;
  return `<path class="line of-${policy}" d="${path}"><title>${policy}</title></path>`;
}

/** What somebody who does not see the drawing would ask first. */
function description(result: TraceResult): string {
  const [best] = ranked(result);
  const [first, last] = [best!.ratios[0]!, best!.ratios.at(-1)!];
  const range =
    first === last
      ? `${ratioText(first.missRatio)} at ${sizeText(first.size)}`
      : `from ${ratioText(first.missRatio)} at ${sizeText(first.size)} to ${ratioText(last.missRatio)} at ${sizeText(last.size)}`;
  return `${best!.policy} has the fewest misses over all sizes: ${range}.`;
}

/** Sizes whose names do not touch: the first, the last, and those between that have room. */
function ticks({ sizes }: TraceResult, x: (size: number) => number): readonly (readonly [number, number])[] {
  const all = sizes.map((size) => [size, x(size)] as const);
  const last = all.at(-1)!;
  const kept: (readonly [number, number])[] = [];
  for (const tick of all.slice(0, -1)) {
    const isFree = kept.length === 0 || tick[1] - kept.at(-1)![1] >= APART;
    if (isFree && last[1] - tick[1] >= APART) kept.push(tick);
  }
  return [...kept, last];
}

/** In a few signs: 12K, 3.4M. */
function shortSize(size: number): string {
  return new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 }).format(size);
}
