import type { SourceFile } from "../source/source-file.ts";
import { calledName, type FunctionNode, functionAround, type Node } from "../source/tree.ts";
import type { Fetchers, Role } from "./fetchers.ts";

/** The roles in which a node runs: in a function that Macho calls, or in a function of the file that such a one calls. */
export function rolesOf(
  file: SourceFile,
  fetchers: Fetchers,
  node: Node,
  seen: Set<FunctionNode> = new Set(),
): ReadonlySet<Role> {
  const owner = fetchers.around(node);
  const roles = new Set(owner ? [fetchers.roles.get(owner)!] : []);
  const helper = namedAround(node);
  if (!helper || seen.has(helper)) return roles;
  // A function that calls itself is looked at once.
  seen.add(helper);
  for (const call of callsOf(file, helper)) for (const role of rolesOf(file, fetchers, call, seen)) roles.add(role);
  return roles;
}

/** The function with a name around a node. A callback belongs to the function that passes it on. */
function namedAround(node: Node): FunctionNode | undefined {
  let each = functionAround(node);
  while (each && !nameOf(each) && each.parent.type === "CallExpression") each = functionAround(each);
  return each;
}

function callsOf(file: SourceFile, fn: FunctionNode): Node[] {
  const name = nameOf(fn);
  const uses = (name && file.declared(name)?.references) ?? [];
  return uses.map(({ identifier }) => identifier).filter(isCallee);
}

function nameOf({ id, parent }: FunctionNode): Node | undefined {
  const value = calledName(parent) === "useCallback" ? parent.parent : parent;
  return id ?? (value?.type === "VariableDeclarator" ? value.id : undefined);
}

function isCallee(name: Node): boolean {
  return name.parent?.type === "CallExpression" && name.parent.callee === name;
}
