import type { TSESTree } from "@typescript-eslint/types";
import { fieldEdits, restEdits } from "../macho/field-edits.ts";
import { isCallOf } from "../macho/queries.ts";
import { type Context, defineRule, type Suggestion } from "../source/rule.ts";
import { SourceFile } from "../source/source-file.ts";
import { calledName, memberName, type Node, wrapped } from "../source/tree.ts";

const HOOKS = ["useCachedQuery", "useCachedInfiniteQuery", "useCachedMutation", "useCachedSubscription"];
/** Hooks whose second argument is what they depend on. */
const DEPENDENTS = new Set(["useCallback", "useEffect", "useInsertionEffect", "useLayoutEffect", "useMemo"]);
/** Functions that read every field of what they get. */
const READERS = new Set(["Object.assign", "Object.entries", "Object.values", "JSON.stringify"]);

/** A component reads the fields of a result that it shows. */
export const noWholeResult = defineRule(
  "no-whole-result",
  {
    description: "A component reads single fields of a hook's result, so that it renders only for these.",
    messages: {
      spread:
        "A spread reads every field of the result, so the component renders for each of them: also when a load begins. Name the fields that it shows.",
      rest: "`...{{name}}` reads every field of the result, so the component renders for each of them: also when a load begins. Name the fields that it shows.",
      prop: "This component renders for each field that the other one reads, and for every change where it reads none. Pass the fields, as in `data={result.data}`.",
      dependency:
        "The result is another object after each change that this component renders for, so this runs for fields that it does not use. Depend on the fields that it uses.",
      read: "`{{name}}` reads every field of the result, so the component renders for each of them: also when a load begins. Name the fields that it needs.",
      fields: "Name the fields: {{fields}}.",
    },
    hasSuggestions: true,
  },
  (context) => {
    const file = SourceFile.of(context);
    if (!file) return {};
    return {
      CallExpression(call: TSESTree.CallExpression) {
        if (!isCallOf(file, call, HOOKS)) return;
        const outer = wrapped(call);
        const holder = outer.parent;
        if (holder?.type === "VariableDeclarator" && holder.init === outer) checkPattern(context, file, holder.id);
        else checkUse(context, file, outer);
      },
    };
  },
);

/** What a result is put into: a constant, or a pattern with its fields. */
function checkPattern(context: Context, file: SourceFile, pattern: TSESTree.BindingName): void {
  if (pattern.type === "Identifier") {
    const uses = (file.declared(pattern)?.references ?? []).filter((use) => use.isRead());
    for (const { identifier } of uses) checkUse(context, file, wrapped(identifier));
    return;
  }
  const rest = pattern.type === "ObjectPattern" ? pattern.properties.at(-1) : undefined;
  if (rest?.type !== "RestElement" || rest.argument.type !== "Identifier") return;
  const { name } = rest.argument;
  context.report({
    node: rest,
    messageId: "rest",
    data: { name },
    suggest: suggestion(restEdits(file, pattern as TSESTree.ObjectPattern, rest.argument)),
  });
}

/** One use of a result. */
function checkUse(context: Context, file: SourceFile, use: Node): void {
  const { parent } = use;
  if (parent?.type === "SpreadElement" && parent.parent.type === "ObjectExpression")
    context.report({ node: parent, messageId: "spread" });
  else if (parent?.type === "JSXSpreadAttribute") context.report({ node: parent, messageId: "spread" });
  else if (parent?.type === "JSXExpressionContainer" && parent.parent.type === "JSXAttribute")
    context.report({ node: parent.parent, messageId: "prop" });
  else if (parent?.type === "VariableDeclarator" && parent.init === use) checkPattern(context, file, parent.id);
  else if (parent?.type === "ArrayExpression") checkDependencies(context, file, use, parent);
  else if (parent?.type === "CallExpression" && isReader(file, parent))
    context.report({ node: use, messageId: "read", data: { name: readerName(parent) } });
}

function checkDependencies(context: Context, file: SourceFile, use: Node, list: TSESTree.ArrayExpression): void {
  const call = list.parent;
  if (call.type !== "CallExpression" || call.arguments[1] !== list || !DEPENDENTS.has(calledName(call) ?? "")) return;
  const effect = call.arguments[0];
  const edits = effect && use.type === "Identifier" ? fieldEdits(file, use, effect) : undefined;
  context.report({ node: use, messageId: "dependency", suggest: suggestion(edits) });
}

function suggestion(edits: ReturnType<typeof restEdits>): Suggestion[] {
  return edits ? [{ messageId: "fields", data: { fields: edits.fields.join(", ") }, fix: edits.fix }] : [];
}

function readerName(call: TSESTree.CallExpression): string {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return "";
  return `${callee.object.name}.${memberName(callee)}`;
}

function isReader(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const { callee } = call;
  if (!READERS.has(readerName(call)) || callee.type !== "MemberExpression") return false;
  return file.variable(callee.object) === undefined;
}
