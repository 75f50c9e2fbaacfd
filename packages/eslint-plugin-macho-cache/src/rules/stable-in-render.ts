import type { TSESTree } from "@typescript-eslint/types";
import { Renders } from "../macho/components.ts";
import { isCallOf } from "../macho/queries.ts";
import { type Context, defineRule, type Suggestion } from "../source/rule.ts";
import type { Variable } from "../source/scope.ts";
import { isDeclaredIn } from "../source/scope.ts";
import { SourceFile } from "../source/source-file.ts";
import {
  calledName,
  functionAround,
  type FunctionNode,
  isFunction,
  isIdentifier,
  type Node,
  propertyOf,
  wrapped,
} from "../source/tree.ts";

const CLASSES = ["QueryClient", "Cache", "LruCache"];
/** Hooks that keep the first value that they were given. */
const KEEPERS = new Set(["useRef", "useState"]);

/** What lives longer than a render is not made in one. */
export const stableInRender = defineRule(
  "stable-in-render",
  {
    description: "A client, a cache and a combine function stay the same from render to render.",
    messages: {
      instance:
        "Each render makes a new `{{name}}`, which is empty. Make it outside of the component, or once: `const [{{example}}] = useState(() => new {{name}}(...))`.",
      combine:
        "Each render makes a new `combine`, which is called again though no result has changed. Move it outside of the component, or put it into `useCallback`.",
      once: "Make it once, in `useState`.",
    },
    hasSuggestions: true,
  },
  (context) => {
    const file = SourceFile.of(context);
    if (!file) return {};
    const renders = new Renders();
    const instances: TSESTree.NewExpression[] = [];
    const combines: TSESTree.CallExpression[] = [];
    /** Functions that send what a client holds: they run on a server, once for each request. */
    const senders = new Set<FunctionNode | undefined>();
    return {
      CallExpression(call: TSESTree.CallExpression) {
        renders.addCall(call);
        if (isCallOf(file, call, ["useCachedQueries"])) combines.push(call);
        if (isCallOf(file, call, ["dehydrate"])) senders.add(functionAround(call));
      },
      JSXElement: (node: Node) => renders.add(node),
      JSXFragment: (node: Node) => renders.add(node),
      NewExpression(call: TSESTree.NewExpression) {
        if (isCallOf(file, call, CLASSES)) instances.push(call);
      },
      "Program:exit"() {
        const ofPages = instances.filter((each) => !senders.has(functionAround(each)));
        for (const each of ofPages) checkInstance(context, file, renders, each);
        for (const each of combines) checkCombine(context, file, renders, each);
      },
    };
  },
);

function checkInstance(context: Context, file: SourceFile, renders: Renders, made: TSESTree.NewExpression): void {
  const component = functionAround(made);
  if (!component || !renders.has(component) || isKept(file, component, made)) return;
  const name = file.machoName(made.callee) ?? "";
  const example = name === "QueryClient" ? "client" : "cache";
  const suggest = onceEdits(context, file, made);
  context.report({ node: made, messageId: "instance", data: { name, example }, suggest });
}

/** Whether a new instance is kept: by a hook, in a ref, or in a variable outside of the component. */
function isKept(file: SourceFile, component: FunctionNode, made: Node): boolean {
  for (let node = made; node.parent && node !== component; node = node.parent) {
    const { parent } = node;
    if (parent.type === "CallExpression" && KEEPERS.has(calledName(parent) ?? "")) return true;
    if (parent.type !== "AssignmentExpression" || parent.right !== node) continue;
    const { left } = parent;
    if (left.type === "MemberExpression") return true;
    const variable: Variable | undefined = file.variable(left);
    if (variable && !isDeclaredIn(variable, component)) return true;
  }
  return false;
}

/** `const client = new QueryClient()` becomes `const [client] = useState(() => new QueryClient())`. */
function onceEdits(context: Context, file: SourceFile, made: TSESTree.NewExpression): Suggestion[] {
  const value = wrapped(made);
  const holder = value.parent;
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier" || holder.id.typeAnnotation) return [];
  const { id } = holder;
  const hook = useStateIn(context.sourceCode.ast);
  if (!hook || holder.parent.kind !== "const" || file.declared(id) === undefined) return [];
  const fix: Suggestion["fix"] = (fixer) => [
    fixer.replaceText(id, `[${id.name}]`),
    fixer.insertTextBefore(value, `${hook}(() => `),
    fixer.insertTextAfter(value, ")"),
  ];
  return [{ messageId: "once", fix }];
}

/** How a module calls `useState`, if it imports it. */
function useStateIn(program: Node): string | undefined {
  const imports = program.type === "Program" ? program.body : [];
  for (const each of imports) {
    if (each.type !== "ImportDeclaration" || each.source.value !== "react") continue;
    for (const { type, local } of each.specifiers) {
      if (type !== "ImportSpecifier") return `${local.name}.useState`;
      if (local.name === "useState") return local.name;
    }
  }
  return undefined;
}

function checkCombine(context: Context, file: SourceFile, renders: Renders, call: TSESTree.CallExpression): void {
  const component = functionAround(call);
  const options = call.arguments[0] && file.resolve(call.arguments[0]);
  if (!component || !renders.has(component) || options?.type !== "ObjectExpression") return;
  const combine = propertyOf(options, "combine");
  const made = combine && file.resolve(combine);
  if (!combine || !isFunction(made) || functionAround(made) !== component) return;
  context.report({ node: isIdentifier(combine) ? made : combine, messageId: "combine" });
}
