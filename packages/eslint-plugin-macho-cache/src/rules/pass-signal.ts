import type { TSESTree } from "@typescript-eslint/types";
import { eachRequest } from "../macho/requests.ts";
import { signalEdits } from "../macho/signal-edits.ts";
import { defineRule } from "../source/rule.ts";
import type { SourceFile } from "../source/source-file.ts";
import { hasSpread, isIdentifier, type Node, propertyOf } from "../source/tree.ts";

/** A fetcher passes its `signal` on to `fetch`. */
export const passSignal = defineRule(
  "pass-signal",
  {
    description: "A fetcher passes its signal on to fetch, so that a request ends when nobody waits for it.",
    messages: {
      missing:
        "`fetch` does not get the fetcher's `signal`, so the request goes on when nobody waits for it. Take `signal` from the second argument, `(key, { signal })`, and pass `{ signal }` to `fetch`.",
      pass: "Pass `signal` to `fetch`.",
    },
    hasSuggestions: true,
  },
  (context) =>
    eachRequest(context, (call, fetchers, file) => {
      const fetcher = fetchers.around(call);
      if (!fetcher || fetchers.roles.get(fetcher) !== "fetcher" || !lacksSignal(file, call)) return;
      const edits = signalEdits(context, file, fetcher, call);
      const suggest = edits ? [{ messageId: "pass", fix: edits }] : [];
      context.report({ node: call, messageId: "missing", suggest });
    }),
);

/** Whether it is certain that a call of `fetch` passes no signal: what cannot be seen may have one. */
function lacksSignal(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const [target, init] = call.arguments;
  if (!target || call.arguments.some(({ type }) => type === "SpreadElement") || mayBeRequest(file, target))
    return false;
  if (!init) return true;
  const options = file.resolve(init);
  if (isIdentifier(options, "undefined")) return true;
  return options.type === "ObjectExpression" && !hasSpread(options) && propertyOf(options, "signal") === undefined;
}

/** A `Request` has a signal of its own. */
function mayBeRequest(file: SourceFile, target: Node): boolean {
  const node = file.resolve(target);
  if (node.type === "NewExpression") return !isIdentifier(node.callee, "URL");
  return node.type === "Identifier" && /req/i.test(node.name);
}
