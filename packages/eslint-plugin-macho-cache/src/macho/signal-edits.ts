import type { TSESTree } from "@typescript-eslint/types";
import type { Context, Edit, Fixer } from "../source/rule.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type FunctionNode, memberName } from "../source/tree.ts";

type Change = (fixer: Fixer) => Edit[];

/** How a fetcher gets at its signal: the change that it takes, and what it is called then. */
interface Taken {
  readonly name: string;
  readonly change: Change;
}

const NO_CHANGE: Change = () => [];

/**
 * How a fetcher takes its signal and passes it to a call of `fetch`; `undefined` where that is not certain, as in a
 * function that others call as well.
 */
export function signalEdits(
  context: Context,
  file: SourceFile,
  fetcher: FunctionNode,
  call: TSESTree.CallExpression,
): Change | undefined {
  const taken = isCalledByName(file, fetcher) ? undefined : taking(context, fetcher);
  const pass = taken && passing(call, taken.name);
  if (!pass || (taken.change !== NO_CHANGE && file.isNameTaken("signal", call, fetcher))) return undefined;
  return (fixer) => [...taken.change(fixer), ...pass(fixer)];
}

/** Whether a function is called in this file too: then not all of its calls bring a context. */
function isCalledByName(file: SourceFile, fetcher: FunctionNode): boolean {
  const { id, parent } = fetcher;
  const name = id ?? (parent.type === "VariableDeclarator" ? parent.id : undefined);
  const uses = (name && file.declared(name)?.references) ?? [];
  return uses.some(({ identifier }) => {
    const use = identifier.parent;
    return use.type === "CallExpression" && use.callee === identifier;
  });
}

function taking(context: Context, fetcher: FunctionNode): Taken | undefined {
  const [key, given] = fetcher.params;
  if (!key) return withoutParameters(context, fetcher);
  if (key.type === "RestElement") return undefined;
  if (!given) return { name: "signal", change: besideKey(context, key) };
  if (given.type === "Identifier") return { name: `${given.name}.signal`, change: NO_CHANGE };
  return given.type === "ObjectPattern" ? fromPattern(given) : undefined;
}

function withoutParameters(context: Context, fetcher: FunctionNode): Taken | undefined {
  const start = fetcher.typeParameters?.range[1] ?? fetcher.range[0];
  const filter = ({ value, range }: { value: string; range: [number, number] }) => value === "(" && range[0] >= start;
  const open = context.sourceCode.getFirstToken(fetcher, { filter });
  if (!open) return undefined;
  return { name: "signal", change: (fixer) => [fixer.insertTextAfterRange(open.range, "_key, { signal }")] };
}

function besideKey(context: Context, key: TSESTree.Parameter): Change {
  const next = context.sourceCode.getTokenAfter(key)?.value;
  if (next === ")" || next === ",") return (fixer) => [fixer.insertTextAfter(key, ", { signal }")];
  return (fixer) => [fixer.insertTextBefore(key, "("), fixer.insertTextAfter(key, ", { signal })")];
}

function fromPattern(pattern: TSESTree.ObjectPattern): Taken | undefined {
  const found = pattern.properties.find((each) => each.type === "Property" && memberName(each) === "signal");
  if (found?.type === "Property")
    return found.value.type === "Identifier" ? { name: found.value.name, change: NO_CHANGE } : undefined;
  if (pattern.typeAnnotation) return undefined;
  const [first] = pattern.properties;
  if (first) return { name: "signal", change: (fixer) => [fixer.insertTextBefore(first, "signal, ")] };
  return { name: "signal", change: (fixer) => [fixer.replaceText(pattern, "{ signal }")] };
}

function passing(call: TSESTree.CallExpression, name: string): Change | undefined {
  const property = name === "signal" ? name : `signal: ${name}`;
  const [target, init] = call.arguments;
  if (target && !init) return (fixer) => [fixer.insertTextAfter(target, `, { ${property} }`)];
  if (init?.type !== "ObjectExpression") return undefined;
  const last = init.properties.at(-1);
  if (last) return (fixer) => [fixer.insertTextAfter(last, `, ${property}`)];
  return (fixer) => [fixer.replaceText(init, `{ ${property} }`)];
}
