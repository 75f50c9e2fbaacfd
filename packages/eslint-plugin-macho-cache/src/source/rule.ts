import { homepage } from "../../package.json";
import type { Rule } from "eslint";
import type { Scope } from "./scope.ts";
import type { Node } from "./tree.ts";

export interface Fixer {
  insertTextAfter(node: Node, text: string): Edit;
  insertTextAfterRange(range: readonly [number, number], text: string): Edit;
  insertTextBefore(node: Node, text: string): Edit;
  replaceText(node: Node, text: string): Edit;
}

export type Edit = Rule.Fix;

export interface Suggestion {
  readonly messageId: string;
  readonly data?: Record<string, string>;
  readonly fix: (fixer: Fixer) => Edit | readonly Edit[];
}

interface Report {
  readonly node: Node;
  readonly messageId: string;
  readonly data?: Record<string, string>;
  readonly suggest?: readonly Suggestion[];
}

interface Token {
  readonly value: string;
  readonly range: [number, number];
}

/** What a rule gets, with nodes of TypeScript, which ESLint's own types do not know. */
export interface Context {
  readonly options: readonly unknown[];
  readonly sourceCode: {
    readonly ast: Node;
    readonly scopeManager: { readonly scopes: readonly Scope[] } | null;
    getText(node: Node): string;
    getTokenAfter(node: Node): Token | null;
    getTokenBefore(node: Node): Token | null;
    getFirstToken(node: Node, options: { filter: (token: Token) => boolean }): Token | null;
    getLastToken(node: Node, options?: { skip: number }): Token | null;
  };
  report(report: Report): void;
}

/** What a rule does with the nodes that it looks at. */
export type Listeners = { readonly [K in Node["type"] | "Program:exit"]?: (node: never) => void };

interface Described {
  readonly description: string;
  readonly messages: Record<string, string>;
  readonly hasSuggestions?: boolean;
  readonly schema?: object[];
  readonly defaultOptions?: unknown[];
}

/** A rule as ESLint and oxlint take it. */
export function defineRule(
  name: string,
  { description, messages, hasSuggestions = false, schema = [], defaultOptions = [] }: Described,
  create: (context: Context) => Listeners,
): Rule.RuleModule {
  const docs = { description, recommended: true, url: `${homepage}#${name}` };
  return {
    meta: { type: "problem", docs, messages, hasSuggestions, schema, defaultOptions },
    // The nodes are the same objects: only their types are of another package.
    create: (context) => create(context as unknown as Context) as Rule.RuleListener,
  };
}
