import type { SourceFile } from "../source/source-file.ts";
import type { Reference, Variable } from "../source/scope.ts";
import { type Identifier, isWrapping, memberName, type Node, unwrap } from "../source/tree.ts";
import { VALUE_METHODS } from "./names.ts";

/** A variable and the members that are read of it: `props.user.id`. */
export interface Path {
  readonly variable: Variable;
  readonly members: readonly string[];
  /** The expression as written, up to its last member. */
  readonly node: Node;
}

/** Members that follow from the value itself. */
const MEASURES = new Set(["length", "size"]);
const MAX_ALIASES = 10;

/** How a name is used: as a value, or as something that is called. */
export type Use = { readonly path: Path; readonly isCalled: boolean };

export function useOf({ identifier, resolved }: Reference): Use | undefined {
  if (!resolved || resolved.defs.length === 0) return undefined;
  let node: Node = identifier;
  let last: Node = identifier;
  const members: string[] = [];
  const nodes: Node[] = [identifier];
  for (let parent = identifier.parent as Node | undefined; parent; parent = node.parent) {
    if (isWrapping(parent)) {
      node = parent;
      continue;
    }
    const name = parent.type === "MemberExpression" && parent.object === node ? memberName(parent) : undefined;
    if (name === undefined) break;
    members.push(name);
    node = last = parent;
    nodes.push(parent);
  }
  const isCalled = isCallee(node);
  if (isCalled && VALUE_METHODS.has(members.at(-1) ?? "")) return ending(resolved, members, nodes, 1);
  if (isCalled) return { path: { variable: resolved, members, node: last }, isCalled };
  return ending(resolved, members, nodes, MEASURES.has(members.at(-1) ?? "") ? 1 : 0);
}

/** A path without its last members. */
function ending(variable: Variable, members: readonly string[], nodes: readonly Node[], dropped: number): Use {
  const path = {
    variable,
    members: members.slice(0, members.length - dropped),
    node: nodes[nodes.length - 1 - dropped]!,
  };
  return { path, isCalled: false };
}

function isCallee(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === "TaggedTemplateExpression") return parent.tag === node;
  return (parent?.type === "CallExpression" || parent?.type === "NewExpression") && parent.callee === node;
}

/** The same place by its first name: of `const { id } = props`, `id` is `props.id`. */
export function origin(file: SourceFile, path: Path): Path {
  let { variable, members } = path;
  for (let steps = 0; steps < MAX_ALIASES; steps++) {
    const source = aliased(file, variable);
    if (!source) break;
    variable = source.variable;
    members = source.members.concat(members);
  }
  return { variable, members, node: path.node };
}

/** What a constant is another name of. */
function aliased(file: SourceFile, variable: Variable): Pick<Path, "variable" | "members"> | undefined {
  const [definition] = variable.defs;
  const { node } = definition ?? {};
  if (node?.type !== "VariableDeclarator" || !node.init || node.parent.type !== "VariableDeclaration") return undefined;
  if (node.parent.kind !== "const") return undefined;
  const own = membersInPattern(node.id, definition!.name);
  const source = own && memberPath(unwrap(node.init));
  const root = source && file.variable(source.root);
  return root && { variable: root, members: [...source.members, ...own] };
}

/** The members by which a pattern reaches a name; `undefined` for a rest, a default, a place in a list. */
function membersInPattern(pattern: Node, name: Identifier): string[] | undefined {
  if (pattern === name) return [];
  if (pattern.type !== "ObjectPattern") return undefined;
  for (const each of pattern.properties) {
    const rest = each.type === "Property" ? membersInPattern(each.value, name) : undefined;
    const member = each.type === "Property" ? memberName(each) : undefined;
    if (rest && member !== undefined) return [member, ...rest];
  }
  return undefined;
}

function memberPath(node: Node): { root: Identifier; members: string[] } | undefined {
  if (node.type === "Identifier") return { root: node, members: [] };
  if (node.type !== "MemberExpression") return undefined;
  const [inner, member] = [memberPath(unwrap(node.object)), memberName(node)];
  return inner && member !== undefined ? { root: inner.root, members: [...inner.members, member] } : undefined;
}

/** Whether a part of a key makes a value part of the answer's identity. Both paths are those of their first names. */
export function covers(
  key: Path,
  used: Path,
  isIdentity: (name: string) => boolean,
  isBundle: (name: string) => boolean,
): boolean {
  if (key.variable !== used.variable) return false;
  const shared = key.members.findIndex((member, place) => member !== used.members[place]);
  if (shared < 0) return true;
  // The key goes on where the used path ends, or parts from it.
  const isLast = shared === key.members.length - 1;
  if (!isLast || !isIdentity(key.members.at(-1) ?? "")) return false;
  return !isBundle(key.members[shared - 1] ?? key.variable.name) || shared === used.members.length;
}
