import type { TSESTree } from "@typescript-eslint/types";
import type { Context, Listeners } from "../source/rule.ts";
import { SourceFile } from "../source/source-file.ts";
import type { Call } from "../source/tree.ts";
import { isFetch } from "./fetch-calls.ts";
import { Fetchers } from "./fetchers.ts";

/** Has `look` look at each call of `fetch`, at the end of the file: only then every fetcher is known. */
export function eachRequest(
  context: Context,
  look: (call: TSESTree.CallExpression, fetchers: Fetchers, file: SourceFile) => void,
): Listeners {
  const file = SourceFile.of(context);
  if (!file) return {};
  const fetchers = new Fetchers(file);
  const calls: TSESTree.CallExpression[] = [];
  return {
    CallExpression(call: TSESTree.CallExpression) {
      fetchers.addCall(call);
      if (isFetch(file, call)) calls.push(call);
    },
    NewExpression: (call: Call) => fetchers.addCall(call),
    VariableDeclarator: ({ id, init }: TSESTree.VariableDeclarator) => fetchers.addConstant(id, init),
    "Program:exit"() {
      for (const call of calls) look(call, fetchers, file);
    },
  };
}
