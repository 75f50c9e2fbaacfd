import { jsonText } from "../json-text.ts";
import type { TraceResult } from "./result.ts";

/** What `--json` writes. */
export function resultJson(results: readonly TraceResult[]): string {
  const traces = results.map(({ policies, ...rest }) => ({
    ...rest,
    skipped: { count: rest.skipped.count, first: rest.skipped.first ?? null },
    policies: policies.map(({ policy, ratios, curve }) => ({ policy, ratios, curve })),
  }));
  return jsonText({ traces }, 2);
}
