import type { TSESTree } from "@typescript-eslint/types";
import { isReadable, MissingParts } from "../key/missing-parts.ts";
import type { Path } from "../key/path.ts";
import { ownerOf } from "../macho/components.ts";
import { queriesOf, type Query } from "../macho/queries.ts";
import { type Context, defineRule, type Suggestion } from "../source/rule.ts";
import { SourceFile } from "../source/source-file.ts";
import { isInside, type Node, unwrap } from "../source/tree.ts";

interface Options {
  /** Names that no key need hold. */
  readonly ignore?: readonly string[];
}

/** A key holds each value that its fetcher uses. */
export const exhaustiveKey = defineRule(
  "exhaustive-key",
  {
    description: "A key holds each value that its fetcher uses, so that two values never share one answer.",
    messages: {
      missing:
        "The fetcher uses `{{name}}`, and the key does not hold it. Another `{{name}}` would be shown the answer of this one. Add `{{name}}` to the key.",
      add: "Add `{{name}}` to the key.",
    },
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: { ignore: { type: "array", items: { type: "string" }, uniqueItems: true } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ ignore: [] }],
  },
  (context) => {
    const file = SourceFile.of(context);
    if (!file) return {};
    // ESLint and oxlint have checked the options against the schema.
    const { ignore = [] } = (context.options[0] ?? {}) as Options;
    return {
      CallExpression(call: TSESTree.CallExpression) {
        for (const query of queriesOf(file, call)) checkQuery(context, file, query, ignore);
      },
    };
  },
);

function checkQuery(context: Context, file: SourceFile, query: Query, ignore: readonly string[]): void {
  const { key, fetcher, call } = query;
  const owner = ownerOf(call);
  if (!key || !fetcher || !owner || !isReadable(file, key)) return;
  for (const path of new MissingParts(file, owner, key).of(fetcher)) {
    const name = [path.variable.name, ...path.members].join(".");
    if (ignore.includes(name) || ignore.includes(path.variable.name)) continue;
    context.report({ node: key, messageId: "missing", data: { name }, suggest: addition(context, key, path, name) });
  }
}

/** The key with one more part. */
function addition(context: Context, key: Node, { node: part, variable }: Path, name: string): Suggestion[] {
  const place = literalIn(key);
  if (!place || !isInside(key, variable.scope.block)) return [];
  const text = context.sourceCode.getText(part);
  const messageId = "add";
  const data = { name };
  if (place.type !== "ArrayExpression")
    return [
      {
        messageId,
        data,
        fix: (fixer) => [fixer.insertTextBefore(place, "["), fixer.insertTextAfter(place, `, ${text}]`)],
      },
    ];
  const last = place.elements.at(-1);
  if (last) return [{ messageId, data, fix: (fixer) => fixer.insertTextAfter(last, `, ${text}`) }];
  return [{ messageId, data, fix: (fixer) => fixer.replaceText(place, `[${text}]`) }];
}

/** The list or the text that a key is, where it is written in place. */
function literalIn(key: Node): TSESTree.ArrayExpression | TSESTree.Literal | TSESTree.TemplateLiteral | undefined {
  const node = unwrap(key);
  if (node.type === "ConditionalExpression") return literalIn(node.consequent) ?? literalIn(node.alternate);
  if (node.type === "LogicalExpression") return literalIn(node.right);
  if (node.type === "ArrayExpression" || node.type === "TemplateLiteral") return node;
  return node.type === "Literal" && typeof node.value === "string" ? node : undefined;
}
