import { VERSION } from "../version.ts";
import { escaped } from "./markup.ts";
import { pageChart } from "./page-chart.ts";
import { pageStyle } from "./page-style.ts";
import { cautions, isBest, ranked, ratioText, sizeText, traceLine } from "./result-words.ts";
import type { TraceResult } from "./result.ts";

/** One page with chart and table. It needs no network, and runs no script. */
export function resultPage(results: readonly TraceResult[]): string {
  const names = results.map(({ trace }) => escaped(trace)).join(", ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="macho ${VERSION}">
<title>Miss ratios of ${names}</title>
<style>${pageStyle()}</style>
</head>
<body>
<main>
<h1>Miss ratios</h1>
${results.map(section).join("\n")}
</main>
</body>
</html>
`;
}

function section(result: TraceResult, at: number): string {
  const id = `trace-${at + 1}`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escaped(result.trace)}</h2>
<p>${escaped(traceLine(result))}</p>
${cautions(result)
  .map((sentence) => `<p>${escaped(sentence)}</p>`)
  .join("\n")}
${pageChart(result, id)}
${pageTable(result, id)}
</section>`;
}

function pageTable(result: TraceResult, id: string): string {
  const policies = ranked(result);
  const head = policies.map(({ policy }) => `<th scope="col">${policy}</th>`).join("");
  const rows = result.sizes.map((size, at) => {
    const now = result.recorded?.size === size ? " (now)" : "";
    const cells = policies.map(({ ratios }) => {
      const ratio = ratios[at]!;
      const text = ratioText(ratio.missRatio);
      return isBest(result, ratio, at) ? `<td class="best">${text} *</td>` : `<td>${text}</td>`;
    });
    return `<tr><th scope="row">${sizeText(size)}${now}</th>${cells.join("")}</tr>`;
  });
  const legend = policies.length > 1 ? " * has the fewest misses of its row." : "";
  return `<p id="${id}-table">Miss ratios by ${result.unit}.${legend}</p>
<div class="wide" role="region" aria-labelledby="${id}-table" tabindex="0">
<table aria-labelledby="${id}-table">
<thead><tr><th scope="col">${result.unit}</th>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</div>`;
}
