import type { Terminal } from "../terminal.ts";
import { table } from "../table.ts";
import { cautions, isBest, ranked, ratioText, sizeText, traceLine } from "./result-words.ts";
import type { TraceResult } from "./result.ts";

const COLUMN = 11;
const FIRST = 10;

/** Miss ratios, a row for each size and a column for each policy, the best of each row marked. */
export function resultTable(result: TraceResult, terminal: Terminal): string {
  const { colors } = terminal;
  const policies = ranked(result);
  const perTable = Math.max(1, Math.floor((terminal.columns - FIRST) / COLUMN));
  const tables: string[] = [];
  for (let from = 0; from < policies.length; from += perTable) {
    const some = policies.slice(from, from + perTable);
    const rows = result.sizes.map((size, at) => [
      sizeText(size) + (result.recorded?.size === size ? " (now)" : ""),
      ...some.map(({ ratios }) => {
        const ratio = ratios[at]!;
        const text = ratioText(ratio.missRatio);
        return isBest(result, ratio, at) ? colors.green(`${text} *`) : text;
      }),
    ]);
    tables.push(table([result.unit, ...some.map(({ policy }) => policy)], rows, terminal));
  }
  const legend = policies.length > 1 ? "Miss ratios; * has the fewest misses of its row." : "Miss ratios.";
  return [
    colors.bold(result.trace),
    traceLine(result),
    "",
    tables.join("\n\n"),
    "",
    colors.dim(legend),
    ...cautions(result).map((sentence) => colors.yellow(sentence)),
  ].join("\n");
}
