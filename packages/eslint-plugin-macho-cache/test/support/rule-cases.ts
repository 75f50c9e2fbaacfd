import { Linter, type Rule, RuleTester } from "eslint";
import { afterAll, describe, it } from "vitest";
import { parser } from "./typescript-parser.ts";

Object.assign(RuleTester, { afterAll, describe, it });

const JSX = { ecmaFeatures: { jsx: true } };

/** Code that is wrong, and what is said of it. */
export interface Wrong {
  readonly code: string;
  /** Identifiers of messages, in the order of the code. */
  readonly errors: readonly string[];
  /** What the first error's suggestion makes of the code; absent where there is none. */
  readonly mended?: string;
  readonly data?: Record<string, string>;
  readonly options?: readonly unknown[];
}

export interface Right {
  readonly code: string;
  readonly options?: readonly unknown[];
}

/** Whether ESLint's own parser takes the code. */
function isJavaScript(code: string): boolean {
  const found = new Linter().verify(code, { languageOptions: { parserOptions: JSX } });
  return !found.some(({ fatal }) => fatal);
}

/** Runs a rule over cases: as TypeScript, and by ESLint's own parser where the code is JavaScript. */
export function ruleCases(
  name: string,
  rule: Rule.RuleModule,
  right: readonly (string | Right)[],
  wrong: readonly Wrong[],
): void {
  const typescript = new RuleTester({ languageOptions: { parser, parserOptions: JSX } });
  const javascript = new RuleTester({ languageOptions: { parserOptions: JSX } });
  const valid = right.map((each) =>
    typeof each === "string" ? { code: each } : { ...each, options: [...(each.options ?? [])] },
  );
  const invalid = wrong.map((each) => toCase(rule, each));
  typescript.run(name, rule, { valid, invalid });
  const plain = <C extends { readonly code: string }>(cases: readonly C[]): C[] =>
    cases.filter(({ code }) => isJavaScript(code));
  javascript.run(`${name}, in JavaScript`, rule, { valid: plain(valid), invalid: plain(invalid) });
}

function toCase(rule: Rule.RuleModule, { code, errors, mended, data, options }: Wrong): RuleTester.InvalidTestCase {
  const messageId = Object.keys(rule.meta?.messages ?? {}).at(-1)!;
  const suggestions = mended === undefined ? [] : [{ messageId, output: mended }];
  const [first = "", ...others] = errors;
  // The suggestions of further errors have cases of their own. ESLint takes their number too, as its types do not say.
  const further = others.map((each) => ({ messageId: each, suggestions: 1 as unknown as [] }));
  const told = { messageId: first, suggestions, ...(data ? { data } : {}) };
  return { code, options: [...(options ?? [])], errors: [told, ...further] };
}
