import type { TSESTree } from "@typescript-eslint/types";
import type { SourceFile } from "../source/source-file.ts";
import type { Definition, Variable } from "../source/scope.ts";
import { calledName, isFunction, isHookName, type Node, unwrap } from "../source/tree.ts";
import { isFunctionByType } from "./function-types.ts";

/** Whether a variable has other values at other renders: by itself, by what it is made of, or never. */
export type Kind =
  | { readonly changes: true }
  | { readonly madeOf: Node; readonly isFunction: boolean }
  | { readonly changes: false };

const CHANGING: Kind = { changes: true };
const STABLE: Kind = { changes: false };
/** Hooks whose output is the same at each render, or no value that a key can hold. */
const STABLE_HOOKS = new Set([
  "useRef",
  "useQueryClient",
  "useId",
  "useEffectEvent",
  "useDispatch",
  "useNavigate",
  "useRouter",
]);
/** Hooks that give a value and what sets it. */
const PAIRS = new Set(["useActionState", "useCachedState", "useOptimistic", "useReducer", "useState", "useTransition"]);

export function kindOf(file: SourceFile, variable: Variable): Kind {
  const [definition] = variable.defs;
  if (definition?.type === "Parameter") return isFunctionByType(file, definition) ? STABLE : CHANGING;
  if (definition?.type === "FunctionName") return { madeOf: definition.node, isFunction: true };
  const { node } = definition ?? {};
  if (!definition || node?.type !== "VariableDeclarator" || node.parent.type !== "VariableDeclaration") return STABLE;
  const loop = node.parent.parent;
  if (loop.type === "ForOfStatement" || loop.type === "ForInStatement") return CHANGING;
  // What is assigned later is followed by no rule: a counter of a test is no part of a key.
  if (node.parent.kind !== "const" || !node.init) return STABLE;
  return kindOfValue(file, definition, node, unwrap(node.init));
}

function kindOfValue(file: SourceFile, definition: Definition, holder: TSESTree.VariableDeclarator, value: Node): Kind {
  if (isFunction(value)) return { madeOf: value, isFunction: true };
  const name = value.type === "CallExpression" ? calledName(value) : undefined;
  if (value.type !== "CallExpression" || !isHookName(name)) return { madeOf: value, isFunction: false };
  const made = value.arguments[0];
  if (name === "useMemo" && made) return { madeOf: made, isFunction: false };
  if (name === "useCallback" && made) return { madeOf: made, isFunction: true };
  const macho = file.machoName(value.callee) ?? name!;
  if (STABLE_HOOKS.has(macho)) return STABLE;
  if (!PAIRS.has(macho)) return isFunctionByType(file, definition) ? STABLE : CHANGING;
  const first = holder.id.type === "ArrayPattern" ? holder.id.elements[0] : undefined;
  return first === definition.name ? CHANGING : STABLE;
}
