// `useSWRMutation(key, fetcher)` is `useCachedMutation({ mutationFn, onSettled })`.
import type { NodePath } from "@babel/traverse";
import type { Function, ObjectPattern } from "@babel/types";
import { definitionOf, keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { hasParentheses, isConstant, isInlineFunction, referencesOf, simplePattern } from "../function-edits.ts";
import { isTyped } from "../source-file.ts";
import { callOf } from "../tanstack/hooks.ts";
import { valueOf } from "../tanstack/options.ts";
import { type FieldRead, fieldsOf, renameField } from "../tanstack/results.ts";
import type { Use } from "../use.ts";
import { isSureKey } from "./key.ts";
import { remark, SECTION } from "./remarks.ts";

const FIELDS: Readonly<Record<string, string>> = {
  trigger: "mutateAsync",
  isMutating: "isPending",
  data: "data",
  error: "error",
  reset: "reset",
};

export function rewriteMutation(use: Use, file: FileMigration): boolean {
  const call = callOf(use);
  const [key, fetcher, options] = (call?.get("arguments") ?? []) as NodePath[];
  const isKnown = call && key && fetcher && !call.node.typeParameters && isSureKey(file, key);
  if (!isKnown || !call) return leave(use, file, "Its key or its types are not known here.");
  const loadsAgain = options ? judgeOptions(plain(options)) : true;
  const fields = fieldsOf(call);
  const isRead = fields.length > 0 && fields.every((field) => Object.hasOwn(FIELDS, field.name) && isOwnUse(field));
  if (loadsAgain === undefined || !isRead) return leave(use, file, "It has options, or uses, that have no equal here.");
  return file.attempt(() => {
    if (!convertFunction(file, plain(fetcher), key))
      return leave(use, file, "It is not known here what its function reads.");
    file.remove(key.node.start!, fetcher.node.start!);
    file.insert(fetcher.node.start!, "{ mutationFn: ");
    finish(file, key, fetcher, options, loadsAgain);
    file.rename(use, "useCachedMutation");
    for (const field of fields)
      if (FIELDS[field.name] !== field.name) renameField(file, field.path, FIELDS[field.name]!);
    return true;
  });
}

function leave(use: Use, file: FileMigration, why: string): false {
  return file.leave(
    use.path.node,
    remark(
      "useSWRMutation",
      `A mutation has no key of a query. ${why}`,
      "Write useCachedMutation({ mutationFn, onSettled }), and invalidate the changed queries in onSettled.",
      SECTION.mutation,
    ),
  );
}

/** Whether the query of the key is loaded again afterwards; `undefined` for options that mean more. */
function judgeOptions(options: NodePath): boolean | undefined {
  if (!options.isObjectExpression()) return undefined;
  let loadsAgain = true;
  for (const property of options.get("properties")) {
    const name = property.isSpreadElement() ? undefined : keyOf(property);
    if (name === "revalidate" && valueOf(property).isBooleanLiteral({ value: false })) loadsAgain = false;
    else if (name !== "onSuccess" && name !== "onError") return undefined;
    else {
      const value = plain(valueOf(property));
      if (!isInlineFunction(value) || value.node.params.length > 1) return undefined;
    }
  }
  return loadsAgain;
}

/** `trigger(arg)` without options. */
function isOwnUse({ name, uses }: FieldRead): boolean {
  if (name !== "trigger") return true;
  return uses.every((use) => {
    const { parentPath, key } = use;
    return parentPath?.isCallExpression() === true && key === "callee" && parentPath.node.arguments.length <= 1;
  });
}

/** Puts what was given among the options, and the load of the key's query behind it. What was given stays in its place. */
function finish(
  file: FileMigration,
  key: NodePath,
  fetcher: NodePath,
  options: NodePath | undefined,
  loadsAgain: boolean,
): void {
  const object = options && plain(options);
  const given = object?.isObjectExpression() ? object.get("properties") : [];
  const kept = given.filter((each) => each.isSpreadElement() || keyOf(each) !== "revalidate");
  let end = fetcher.node.end!;
  for (const { node } of kept) {
    file.remove(end, node.start!);
    file.insert(end, ", ");
    end = node.end!;
  }
  if (options) file.remove(end, options.node.end!);
  const again = `void client.invalidateQueries({ queryKey: ${file.text(key.node)}, exact: true })`;
  file.insert(end, `${loadsAgain ? `, onSettled: (_data, _error, _arg, _context, { client }) => ${again}` : ""} }`);
}

/** `(key, { arg })` is `(arg)`. */
function convertFunction(file: FileMigration, path: NodePath, key: NodePath): boolean {
  if (isInlineFunction(path)) return convertInline(file, path, key);
  const found = definitionOf(file.project, { file: file.source, path })?.path;
  if (!found?.isFunction() || !path.isIdentifier() || isTyped(file.source)) return false;
  const name = path.node.name;
  file.replace(path.node, `(arg) => ${name}(${file.text(key.node)}, { arg })`);
  return true;
}

function convertInline(file: FileMigration, path: NodePath<Function>, key: NodePath): boolean {
  const [first, second, ...others] = path.get("params") as NodePath[];
  if (!first) return true;
  if (others.length > 0 || !first.isIdentifier() || !isConstant(path, first.node.name)) return false;
  const references = referencesOf(path, first.node.name);
  const isText = key.isStringLiteral() || key.isTemplateLiteral() || key.isIdentifier();
  if (references.length > 0 && !isText) return false;
  const argument = second ? argumentText(file, second) : "";
  if (argument === undefined) return false;
  for (const reference of references) file.replace(reference.node, file.text(key.node));
  const isBare = !hasParentheses(file, path.node, first.node);
  const last = (second ?? first).node;
  file.replace({ start: first.node.start!, end: last.end! }, isBare ? `(${argument})` : argument);
  return true;
}

/** `{ arg }: { arg: string }` is `arg: string`. */
function argumentText(file: FileMigration, parameter: NodePath): string | undefined {
  if (!parameter.isObjectPattern()) return undefined;
  const pattern: ObjectPattern = parameter.node;
  const properties = simplePattern(pattern);
  const [only] = properties ?? [];
  if (properties?.length !== 1 || !only || file.text(only.key) !== "arg") return undefined;
  const annotation = pattern.typeAnnotation;
  if (!annotation) return file.text(only.value);
  if (annotation.type !== "TSTypeAnnotation" || annotation.typeAnnotation.type !== "TSTypeLiteral") return undefined;
  const [member] = annotation.typeAnnotation.members;
  const type = member?.type === "TSPropertySignature" ? member.typeAnnotation : undefined;
  return type ? `${file.text(only.value)}${file.text(type)}` : undefined;
}
