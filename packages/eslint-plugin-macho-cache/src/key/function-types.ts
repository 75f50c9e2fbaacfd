import type { TSESTree } from "@typescript-eslint/types";
import type { SourceFile } from "../source/source-file.ts";
import type { Definition } from "../source/scope.ts";
import { around, isFunction, memberName, type Node } from "../source/tree.ts";

/** Whether the types of a file say that a variable is a function: by itself, or as a member of what it is taken from. */
export function isFunctionByType(file: SourceFile, { name }: Definition): boolean {
  if (name.typeAnnotation) return isFunctionType(file, name.typeAnnotation.typeAnnotation);
  const property = around(name, (node) => node.type === "Property" || isFunction(node));
  const pattern = property?.type === "Property" ? property.parent : undefined;
  if (property?.type !== "Property" || pattern?.type !== "ObjectPattern" || !pattern.typeAnnotation) return false;
  const member = memberName(property);
  return membersOf(file, pattern.typeAnnotation.typeAnnotation).some((each) => isFunctionMember(file, each, member));
}

function isFunctionMember(file: SourceFile, each: TSESTree.TypeElement, name: string | undefined): boolean {
  if (each.type !== "TSMethodSignature" && each.type !== "TSPropertySignature") return false;
  if (each.key.type !== "Identifier" || each.key.name !== name) return false;
  const type = each.type === "TSPropertySignature" ? each.typeAnnotation?.typeAnnotation : undefined;
  return each.type === "TSMethodSignature" || (type !== undefined && isFunctionType(file, type));
}

function isFunctionType(file: SourceFile, type: Node): boolean {
  if (type.type === "TSFunctionType") return true;
  if (type.type === "TSUnionType") return type.types.some((each) => isFunctionType(file, each));
  const declared = declarationOf(file, type);
  return declared?.type === "TSTypeAliasDeclaration" && declared.typeAnnotation.type === "TSFunctionType";
}

/** The members of a type that is written in this file. */
function membersOf(file: SourceFile, type: Node): readonly TSESTree.TypeElement[] {
  if (type.type === "TSTypeLiteral") return type.members;
  if (type.type === "TSIntersectionType") return type.types.flatMap((each) => membersOf(file, each));
  const declared = declarationOf(file, type);
  if (declared?.type === "TSInterfaceDeclaration") return declared.body.body;
  return declared?.type === "TSTypeAliasDeclaration" && declared.typeAnnotation.type === "TSTypeLiteral"
    ? declared.typeAnnotation.members
    : [];
}

function declarationOf(file: SourceFile, type: Node): Node | undefined {
  if (type.type !== "TSTypeReference") return undefined;
  // `Readonly<Props>` has the members of `Props`.
  const [argument] = type.typeArguments?.params ?? [];
  if (argument && type.typeName.type === "Identifier" && type.typeName.name === "Readonly")
    return declarationOf(file, argument);
  return file.variable(type.typeName)?.defs[0]?.node;
}
