// Whether an expression is a client of the library.
import type { NodePath } from "@babel/traverse";
import type { Node } from "@babel/types";
import { type Definition, definitionOf, importedName, plain, returnsOf } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { libraryNameOf } from "../file-migration.ts";

/** How sure it is. */
export type Certainty = "yes" | "no" | "unknown";

export function isClient(file: FileMigration, path: NodePath): Certainty {
  return certaintyOf(file, { file: file.source, path: plain(path) }, 6);
}

function certaintyOf(file: FileMigration, at: Definition, steps: number): Certainty {
  const { path } = at;
  if (steps === 0) return "unknown";
  if (path.isMemberExpression() && path.get("object").isThisExpression()) return ofField(file, at, steps);
  const found = definitionOf(file.project, at);
  if (!found) return path.isIdentifier() ? ofVariable(file, at, steps) : "unknown";
  const value = found.path;
  if (value.isNewExpression()) return nameOf(file, value.get("callee")) === "QueryClient" ? "yes" : "no";
  if (value.isCallExpression()) return ofCall(file, { file: found.file, path: value }, steps);
  if (value.isIdentifier()) return ofVariable(file, found, steps);
  if (value.isMemberExpression() && value !== path) return certaintyOf(file, found, steps - 1);
  return value.isLiteral() || value.isObjectExpression() || value.isFunction() ? "no" : "unknown";
}

function nameOf(file: FileMigration, path: NodePath): string | undefined {
  return libraryNameOf(file.library, importedName(path));
}

function ofCall(file: FileMigration, { file: source, path }: Definition, steps: number): Certainty {
  const callee = path.get("callee") as NodePath;
  const name = nameOf(file, callee);
  if (name !== undefined) return name === "useQueryClient" ? "yes" : "no";
  const fn = definitionOf(file.project, { file: source, path: callee });
  if (!fn?.path.isFunction()) return "unknown";
  const returned = returnsOf(fn.path).map((each) => certaintyOf(file, { file: fn.file, path: each }, steps - 1));
  return returned.includes("yes") ? "yes" : "unknown";
}

/** A parameter by its type, a variable by its type or what is put into it, `[client]` of `useState`. */
function ofVariable(file: FileMigration, { file: source, path }: Definition, steps: number): Certainty {
  if (!path.isIdentifier()) return "unknown";
  const binding = path.scope.getBinding(path.node.name);
  if (!binding) return "unknown";
  const { identifier } = binding;
  if (hasClientType(file, binding.path, identifier.typeAnnotation)) return "yes";
  const declarator = binding.path;
  if (declarator.isVariableDeclarator() && declarator.get("id").isArrayPattern())
    return ofState(file, { file: source, path: declarator.get("init") as NodePath }, steps);
  if (declarator.isVariableDeclarator() && declarator.get("id").isIdentifier()) {
    const values = binding.constantViolations.map((each) => each.get("right") as NodePath);
    const known = values.map((each) => certaintyOf(file, { file: source, path: each }, steps - 1));
    return known.includes("yes") ? "yes" : "unknown";
  }
  return "unknown";
}

function ofState(file: FileMigration, { file: source, path }: Definition, steps: number): Certainty {
  if (!path.isCallExpression() || !path.get("callee").isIdentifier({ name: "useState" })) return "unknown";
  const [initial] = path.get("arguments");
  if (!initial) return "unknown";
  const values = initial.isFunction() ? returnsOf(initial) : [initial as NodePath];
  return values.some((each) => certaintyOf(file, { file: source, path: each }, steps - 1) === "yes")
    ? "yes"
    : "unknown";
}

/** `: QueryClient`, also in the type of a pattern. */
function hasClientType(file: FileMigration, holder: NodePath, annotation: Node | null | undefined): boolean {
  if (annotation?.type !== "TSTypeAnnotation") return false;
  return isClientType(file, holder, annotation.typeAnnotation);
}

function isClientType(file: FileMigration, holder: NodePath, type: Node): boolean {
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return false;
  const found = holder.scope.getBinding(type.typeName.name)?.path;
  const declaration = found?.parentPath;
  if (!found?.isImportSpecifier() || !declaration?.isImportDeclaration()) return false;
  const { imported } = found.node;
  const name = imported.type === "Identifier" ? imported.name : imported.value;
  return name === "QueryClient" && Object.hasOwn(file.library.packages, declaration.node.source.value);
}

/** `this.client`: by the type of the field, by its value, or by what the constructor puts there. */
function ofField(file: FileMigration, { file: source, path }: Definition, steps: number): Certainty {
  const owner = path.findParent((each) => each.isClassBody());
  const property = (path.node as { property?: Node }).property;
  if (!owner?.isClassBody() || !property) return "unknown";
  const name = source.text.slice(property.start!, property.end!);
  const at = (each: NodePath): Definition => ({ file: source, path: each });
  for (const member of owner.get("body")) {
    if (member.isClassProperty() || member.isClassPrivateProperty()) {
      const { key, typeAnnotation } = member.node;
      if (source.text.slice(key.start!, key.end!) !== name) continue;
      if (hasClientType(file, member, typeAnnotation)) return "yes";
      const value = member.get("value") as NodePath<Node | null | undefined>;
      if (value.node) return certaintyOf(file, at(value as NodePath), steps - 1);
    }
  }
  return assigned(file, at(owner), name, steps);
}

function assigned(file: FileMigration, { file: source, path }: Definition, name: string, steps: number): Certainty {
  let certainty: Certainty = "unknown";
  path.traverse({
    AssignmentExpression(each) {
      const { left } = each.node;
      if (source.text.slice(left.start!, left.end!) !== `this.${name}`) return;
      if (certaintyOf(file, { file: source, path: each.get("right") }, steps - 1) === "yes") certainty = "yes";
    },
    TSParameterProperty(each) {
      const { parameter } = each.node;
      if (
        parameter.type === "Identifier" &&
        parameter.name === name &&
        hasClientType(file, each, parameter.typeAnnotation)
      )
        certainty = "yes";
    },
  });
  return certainty;
}
