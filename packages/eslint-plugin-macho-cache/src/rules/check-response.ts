import type { Fetchers } from "../macho/fetchers.ts";
import { eachRequest } from "../macho/requests.ts";
import { type UncheckedBody, uncheckedBody } from "../macho/responses.ts";
import { type Context, defineRule, type Suggestion } from "../source/rule.ts";
import type { SourceFile } from "../source/source-file.ts";
import { around, type FunctionNode, functionAround, isFunction, type Node } from "../source/tree.ts";

/** Helpers that call helpers are followed so far. */
const MAX_HELPERS = 10;

/** A fetcher looks at `response.ok` before it reads the body. */
export const checkResponse = defineRule(
  "check-response",
  {
    description: "A function that loads or writes looks at response.ok, so that a refusal counts as a failure.",
    messages: {
      unchecked:
        "Nobody checks `response.ok`: `fetch` resolves for a 404 or a 500 too, and the cache keeps the server's error as data. Throw an error unless `response.ok`.",
      ignored:
        "Nobody looks at the answer of this request: `fetch` resolves for a 404 or a 500 too, and the mutation counts as a success. Throw an error unless `response.ok`.",
      check: "Throw an error unless `response.ok`.",
    },
    hasSuggestions: true,
  },
  (context) =>
    eachRequest(context, (call, fetchers, file) => {
      const owner = fetchers.around(call);
      if (owner && fetchers.roles.get(owner) === "mutation" && isDropped(call))
        context.report({ node: call, messageId: "ignored" });
      const body = owner || isOfHelper(file, fetchers, call) ? uncheckedBody(file, call) : undefined;
      if (body) context.report({ node: body.node, messageId: "unchecked", suggest: suggestions(context, body) });
    }),
);

/** Whether a call is a statement by itself: `await fetch(...);` */
function isDropped({ parent }: Node): boolean {
  return parent?.type === "AwaitExpression" && parent.parent.type === "ExpressionStatement";
}

/** Whether a node is in a function of this file that a fetcher calls, or another such function. */
function isOfHelper(file: SourceFile, fetchers: Fetchers, node: Node, steps = MAX_HELPERS): boolean {
  const helper = functionAround(node);
  const name = helper && nameOf(helper);
  if (!name || steps === 0) return false;
  const calls = (file.declared(name)?.references ?? []).map(({ identifier }) => identifier).filter(isCallee);
  return calls.some((call) => fetchers.around(call) !== undefined || isOfHelper(file, fetchers, call, steps - 1));
}

function nameOf({ id, parent }: FunctionNode): Node | null {
  return id ?? (parent.type === "VariableDeclarator" ? parent.id : null);
}

function isCallee(name: Node): boolean {
  return name.parent?.type === "CallExpression" && name.parent.callee === name;
}

function suggestions(context: Context, { response, after, before }: UncheckedBody): Suggestion[] {
  if (response === undefined) return [];
  const check = `if (!${response}.ok) throw new Error(\`The request failed: \${${response}.status}\`);`;
  if (after && around(after, isFunction))
    return [{ messageId: "check", fix: (fixer) => fixer.insertTextAfter(after, ` ${check}`) }];
  // Parentheses around an object would stay around the block.
  if (!before || context.sourceCode.getTokenBefore(before)?.value === "(") return [];
  const text = context.sourceCode.getText(before);
  return [{ messageId: "check", fix: (fixer) => fixer.replaceText(before, `{ ${check} return ${text}; }`) }];
}
