import { rolesOf } from "../macho/callers.ts";
import { eachRequest } from "../macho/requests.ts";
import { type UncheckedBody, uncheckedBody } from "../macho/responses.ts";
import { type Context, defineRule, type Suggestion } from "../source/rule.ts";
import { around, isFunction, type Node } from "../source/tree.ts";

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
      const roles = rolesOf(file, fetchers, call);
      if (roles.has("mutation") && isDropped(call)) context.report({ node: call, messageId: "ignored" });
      const body = roles.size > 0 ? uncheckedBody(file, call) : undefined;
      if (body) context.report({ node: body.node, messageId: "unchecked", suggest: suggestions(context, body) });
    }),
);

/** Whether a call is a statement by itself: `await fetch(...);` */
function isDropped({ parent }: Node): boolean {
  return parent?.type === "AwaitExpression" && parent.parent.type === "ExpressionStatement";
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
