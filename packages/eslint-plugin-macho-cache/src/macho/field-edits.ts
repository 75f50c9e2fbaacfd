import type { TSESTree } from "@typescript-eslint/types";
import type { Edit, Fixer } from "../source/rule.ts";
import type { SourceFile } from "../source/source-file.ts";
import { functionAround, type Identifier, isInside, memberName, type Node } from "../source/tree.ts";

/** Fields in place of the whole. */
export interface FieldEdits {
  readonly fields: readonly string[];
  readonly fix: (fixer: Fixer) => Edit[];
}

/** `{ data, ...rest }` with `rest.error` becomes `{ data, error }`, where `rest` is only read by its fields. */
export function restEdits(file: SourceFile, pattern: TSESTree.ObjectPattern, rest: Identifier): FieldEdits | undefined {
  const reads = membersOf(file, rest).filter(({ identifier }) => identifier !== rest);
  const fields = distinct(reads.map(({ field }) => field));
  if (!areAll(reads) || fields.length === 0) return undefined;
  const outer = functionAround(rest);
  const isTaken = (field: string): boolean =>
    pattern.properties.some((each) => each.type === "Property" && memberName(each) === field);
  // The name of a field may mean something else where it is used.
  const isFree = (field: string) =>
    !isTaken(field) && !reads.some(({ identifier }) => outer && file.isNameTaken(field, identifier, outer));
  if (!fields.every(isFree)) return undefined;
  const place = pattern.properties.at(-1)!;
  return {
    fields,
    fix: (fixer) => [
      fixer.replaceText(place, fields.join(", ")),
      ...reads.map(({ identifier, field }) => fixer.replaceText(identifier.parent, field)),
    ],
  };
}

/** `[result]` becomes `[result.data]`, where the effect reads nothing of it but fields. */
export function fieldEdits(file: SourceFile, whole: Identifier, effect: Node): FieldEdits | undefined {
  const variable = file.variable(whole);
  const name = variable?.defs[0]?.name;
  const reads = name ? membersOf(file, name).filter(({ identifier }) => isInside(identifier, effect)) : [];
  const fields = distinct(reads.map(({ field }) => `${whole.name}.${field}`));
  if (!areAll(reads) || fields.length === 0) return undefined;
  return { fields, fix: (fixer) => [fixer.replaceText(whole, fields.join(", "))] };
}

interface FieldRead {
  readonly identifier: Identifier;
  /** Empty for any other use. */
  readonly field: string;
}

function membersOf(file: SourceFile, name: Identifier): FieldRead[] {
  const reads = (file.declared(name)?.references ?? []).filter((use) => use.isRead());
  return reads.map(({ identifier }) => ({ identifier, field: fieldOf(identifier) }));
}

function fieldOf(identifier: Identifier): string {
  const { parent } = identifier;
  if (parent.type !== "MemberExpression" || parent.object !== identifier || parent.optional) return "";
  return parent.computed ? "" : (memberName(parent) ?? "");
}

function areAll(reads: readonly FieldRead[]): boolean {
  return reads.every(({ field }) => field !== "");
}

function distinct(names: readonly string[]): string[] {
  return Array.from(new Set(names));
}
