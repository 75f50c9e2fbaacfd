import type { Reporter } from "vitest/node";

export declare class Progress implements Reporter {
  onTestRunStart: NonNullable<Reporter["onTestRunStart"]>;
  onTestCaseResult: NonNullable<Reporter["onTestCaseResult"]>;
  onTestModuleEnd: NonNullable<Reporter["onTestModuleEnd"]>;
  onTestRunEnd: NonNullable<Reporter["onTestRunEnd"]>;
}
