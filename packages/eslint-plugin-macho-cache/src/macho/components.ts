import { calledName, functionAround, type FunctionNode, isFunction, isHookName, type Node } from "../source/tree.ts";

/** Functions that make a component of a function. */
const MAKERS = new Set(["forwardRef", "memo", "observer"]);

/** The name that a function has by the place where it stands. */
function functionName(fn: FunctionNode): string | undefined {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent.type === "AssignmentExpression" && parent.left.type === "Identifier") return parent.left.name;
  if (isMade(parent) && parent.parent?.type === "VariableDeclarator" && parent.parent.id.type === "Identifier")
    return parent.parent.id.name;
  return undefined;
}

function isMade(node: Node): boolean {
  return MAKERS.has(calledName(node) ?? "");
}

/** Whether a function has the name of a hook or a component, or is made one. */
function isNamedForReact(fn: FunctionNode): boolean {
  const name = functionName(fn);
  if (isMade(fn.parent) || fn.parent.type === "ExportDefaultDeclaration") return true;
  return name !== undefined && (isHookName(name) || /^[A-Z]/.test(name));
}

/** The component or hook that a node is in, at any depth; else the function around it. */
export function ownerOf(node: Node): FunctionNode | undefined {
  const nearest = functionAround(node);
  let each = nearest;
  while (each && !isNamedForReact(each)) each = functionAround(each);
  return each ?? nearest;
}

/** Functions that show something or call a hook: components and hooks, beside their names. */
export class Renders {
  readonly #functions = new Set<FunctionNode>();

  add(node: Node): void {
    const fn = functionAround(node);
    if (fn) this.#functions.add(fn);
  }

  addCall(call: Node): void {
    if (isHookName(calledName(call))) this.add(call);
  }

  /** Whether a function runs at each render. An async one is a component of the server: it renders once. */
  has(fn: FunctionNode): boolean {
    return isFunction(fn) && !fn.async && isNamedForReact(fn) && this.#functions.has(fn);
  }
}
