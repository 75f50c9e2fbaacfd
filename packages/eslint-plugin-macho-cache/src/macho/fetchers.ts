import type { SourceFile } from "../source/source-file.ts";
import {
  around,
  calledName,
  type Call,
  type FunctionNode,
  isFunction,
  type Node,
  propertyOf,
  unwrap,
} from "../source/tree.ts";
import { isCallOf, queriesOf } from "./queries.ts";

/** Who calls a function, and what it is given. */
export type Role = "fetcher" | "mutation" | "subscription";

/** The functions that an expression may stand for: as written, by name, by a condition, in `useCallback`, as a stream. */
export function functionsOf(file: SourceFile, expression: Node): FunctionNode[] {
  const node = file.resolve(expression);
  if (isFunction(node)) return [node];
  if (node.type === "ConditionalExpression")
    return [node.consequent, node.alternate].flatMap((each) => functionsOf(file, each));
  if (node.type === "LogicalExpression") return [node.left, node.right].flatMap((each) => functionsOf(file, each));
  const argument = node.type === "CallExpression" ? node.arguments[0] : undefined;
  if (!argument) return [];
  if (calledName(node) === "useCallback") return functionsOf(file, argument);
  const stream = isCallOf(file, node, ["streamedQuery"]) ? optionOf(file, argument, ["stream"]) : undefined;
  return stream ? functionsOf(file, stream) : [];
}

/** All functions of a file that Macho calls to load or to write. */
export class Fetchers {
  readonly roles = new Map<FunctionNode, Role>();
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** Looks at a call: of a hook, a factory, a client's method or its constructor. */
  addCall(call: Call): void {
    for (const { fetcher, isSubscription } of queriesOf(this.#file, call))
      this.#add(isSubscription ? "subscription" : "fetcher", fetcher);
    const [first, second, third] = call.arguments;
    const name = this.#file.machoName(call.callee);
    if (name === "streamedQuery") this.#add("fetcher", optionOf(this.#file, first, ["stream"]));
    if (name === "useCachedMutation") this.#add("mutation", optionOf(this.#file, first, ["mutationFn"]));
    if (name === "MutationObserver") this.#add("mutation", optionOf(this.#file, second, ["mutationFn"]));
    if (name === "setMutationDefaults") this.#add("mutation", optionOf(this.#file, third, ["mutationFn"]));
    if (name === "QueryClient") this.#addDefaults(first);
    if (calledName(call) === "setQueryDefaults") this.#add("fetcher", optionOf(this.#file, second, ["fetcher"]));
  }

  /** Looks at a constant whose type says that it is a fetcher. */
  addConstant(id: Node, value: Node | null): void {
    if (!value || id.type !== "Identifier") return;
    const type = id.typeAnnotation?.typeAnnotation;
    const name = type?.type === "TSTypeReference" ? this.#file.machoName(type.typeName) : undefined;
    if (name === "Fetcher" || name === "PageFetcher") this.#add("fetcher", value);
  }

  /** The innermost function of these around a node. */
  around(node: Node): FunctionNode | undefined {
    return around(node, (each): each is FunctionNode => isFunction(each) && this.roles.has(each));
  }

  #addDefaults(options: Node | undefined): void {
    this.#add("fetcher", optionOf(this.#file, options, ["defaultOptions", "queries", "fetcher"]));
    this.#add("mutation", optionOf(this.#file, options, ["defaultOptions", "mutations", "mutationFn"]));
  }

  #add(role: Role, expression: Node | undefined): void {
    for (const each of expression ? functionsOf(this.#file, expression) : []) this.roles.set(each, role);
  }
}

/** The value at a path of options as written. */
function optionOf(file: SourceFile, options: Node | undefined, path: readonly string[]): Node | undefined {
  let node = options;
  for (const name of path) {
    const object = node && file.resolve(unwrap(node));
    node = object?.type === "ObjectExpression" ? propertyOf(object, name) : undefined;
  }
  return node;
}
