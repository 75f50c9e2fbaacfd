import type { JsonReporter, Reporter } from "vitest/node";

export declare class Report extends JsonReporter {
  onTestRunEnd: (...ended: Parameters<NonNullable<Reporter["onTestRunEnd"]>>) => Promise<void>;
}
