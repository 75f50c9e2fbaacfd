import type { ESLint, Linter, Rule } from "eslint";
import { version } from "../package.json" with { type: "json" };
import { checkResponse } from "./rules/check-response.ts";
import { exhaustiveKey } from "./rules/exhaustive-key.ts";
import { noWholeResult } from "./rules/no-whole-result.ts";
import { passSignal } from "./rules/pass-signal.ts";
import { stableInRender } from "./rules/stable-in-render.ts";

const rules: Record<string, Rule.RuleModule> = {
  "check-response": checkResponse,
  "exhaustive-key": exhaustiveKey,
  "no-whole-result": noWholeResult,
  "pass-signal": passSignal,
  "stable-in-render": stableInRender,
};

/** Rules for apps that use Macho, and the flat config with all of them. */
export interface MachoPlugin extends ESLint.Plugin {
  readonly rules: Record<string, Rule.RuleModule>;
  readonly configs: { readonly recommended: Linter.Config };
}

const recommended: Linter.Config = {
  name: "macho-cache/recommended",
  // Without these, ESLint would skip files of TypeScript and JSX in silence, and refuse JSX in `.js`.
  files: ["**/*.{js,jsx,mjs,ts,tsx,mts}"],
  languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  rules: {
    "macho-cache/check-response": "error",
    "macho-cache/exhaustive-key": "error",
    "macho-cache/no-whole-result": "warn",
    "macho-cache/pass-signal": "warn",
    "macho-cache/stable-in-render": "error",
  },
};

const plugin: MachoPlugin = {
  meta: { name: "eslint-plugin-macho-cache", version },
  rules,
  configs: { recommended },
};
recommended.plugins = { "macho-cache": plugin };

export default plugin;
