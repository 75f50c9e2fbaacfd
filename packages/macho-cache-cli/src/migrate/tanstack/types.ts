// Types of the library, and the declaration of its `Register`.
import type { NodePath } from "@babel/traverse";
import type { Node, TSType } from "@babel/types";
import type { FileMigration } from "../file-migration.ts";
import type { Use } from "../use.ts";
import { leaveUse } from "./hooks.ts";
import { remark, SECTION } from "./remarks.ts";

/** A type here, and which arguments of the library's type it takes. */
interface TypeRule {
  readonly to: string;
  /** Where the type of errors stands among the arguments. */
  readonly error?: number;
  /** How many arguments it takes at most, without that of errors. */
  readonly most: number;
  /** Arguments that it needs, where the library has a default. */
  readonly needed?: readonly string[];
}

const TYPES: Readonly<Record<string, TypeRule>> = {
  UseQueryResult: { to: "QueryResult", error: 1, most: 1, needed: ["unknown"] },
  DefinedUseQueryResult: { to: "SuspenseResult", error: 1, most: 1, needed: ["unknown"] },
  UseSuspenseQueryResult: { to: "SuspenseResult", error: 1, most: 1, needed: ["unknown"] },
  UseInfiniteQueryResult: { to: "InfiniteQueryResult", error: 1, most: 1, needed: ["unknown"] },
  UseMutationResult: { to: "MutationResult", error: 1, most: 3 },
  UseMutationOptions: { to: "MutationOptions", error: 1, most: 3 },
  InfiniteData: { to: "Pages", most: 2, needed: ["unknown", "unknown"] },
  QueryClientConfig: { to: "QueryClientOptions", most: 0 },
  QueryFilters: { to: "QueryFilter", most: 0 },
  MutationFilters: { to: "MutationFilter", most: 0 },
  QueryKey: { to: "QueryKey", most: 0 },
  DehydratedState: { to: "DehydratedState", most: 0 },
  DefaultError: { to: "DefaultError", most: 0 },
  Register: { to: "Register", most: 0 },
  SkipToken: { to: "SkipToken", most: 0 },
  NetworkMode: { to: "NetworkMode", most: 0 },
};

/** @returns `undefined` for a name that is no type with an equal */
export function rewriteType(use: Use, file: FileMigration): boolean | undefined {
  const rule = Object.hasOwn(TYPES, use.name) ? TYPES[use.name]! : undefined;
  return rule && convertType(use, file, rule);
}

/** Puts a type of this package in the place of one of the library. */
export function convertType(use: Use, file: FileMigration, rule: TypeRule): boolean {
  const owner = use.path.parentPath;
  if (!owner?.isTSTypeReference())
    return leaveUse(file, use, "The type is used in another way.", `It is ${rule.to}.`, SECTION.client);
  return file.attempt(() => convertArguments(use, file, rule, owner.node) && (file.rename(use, rule.to), true));
}

function convertArguments(use: Use, file: FileMigration, rule: TypeRule, node: Node): boolean {
  const list = (node as { typeParameters?: Node & { params: TSType[] } }).typeParameters;
  const params = list?.params ?? [];
  const error = rule.error === undefined ? undefined : params[rule.error];
  const isDefault = !error || ["Error", "DefaultError", "any"].includes(file.text(error));
  if (!isDefault || params.length - (error ? 1 : 0) > rule.most) {
    const why = "Its type arguments are others: the type of errors is one for all of an app.";
    return leaveUse(file, use, why, `Write ${rule.to}; Register.defaultError says what errors are.`, SECTION.client);
  }
  const missing = (rule.needed ?? []).slice(params.length - (error ? 1 : 0));
  if (error) file.remove(params[rule.error! - 1]!.end!, error.end!);
  if (missing.length > 0 && list) file.insert(params.at(-1)!.end!, `, ${missing.join(", ")}`);
  else if (missing.length > 0) file.insert(node.end!, `<${missing.join(", ")}>`);
  return true;
}

const KEPT_IN_REGISTER = new Set(["defaultError", "queryMeta"]);

/** `declare module "@tanstack/react-query" { interface Register { ... } }`. */
export function rewriteRegister(file: FileMigration): void {
  file.source.program.get("body").forEach((statement) => {
    if (!statement.isTSModuleDeclaration()) return;
    const { id, body } = statement.node;
    if (id.type !== "StringLiteral" || !Object.hasOwn(file.library.packages, id.value)) return;
    const members = body.type === "TSModuleBlock" ? body.body.flatMap(membersOf) : [];
    const others = members.filter((each) => !KEPT_IN_REGISTER.has(nameOf(each)));
    if (members.length === 0 || others.length > 0) {
      for (const each of others.length > 0 ? others : [statement.node]) leaveMember(file, each);
    } else renameModules(file, id.value);
  });
}

/** The declaration, and the import that only makes it known. */
function renameModules(file: FileMigration, module: string): void {
  const target = file.library.packages[module]!;
  for (const statement of file.source.program.get("body")) {
    const { node } = statement;
    const isBare = node.type === "ImportDeclaration" && node.specifiers.length === 0;
    const name = node.type === "TSModuleDeclaration" ? node.id : isBare ? node.source : undefined;
    if (name?.type === "StringLiteral" && name.value === module)
      file.replace({ start: name.start! + 1, end: name.end! - 1 }, target);
  }
}

/** Whether a file declares what the types of the library are. */
export function declaresModule(file: FileMigration, module: string): boolean {
  return file.source.program.get("body").some(({ node }) => {
    return node.type === "TSModuleDeclaration" && node.id.type === "StringLiteral" && node.id.value === module;
  });
}

function membersOf(statement: Node): Node[] {
  return statement.type === "TSInterfaceDeclaration" && statement.id.name === "Register" ? statement.body.body : [];
}

function nameOf(member: Node): string {
  const { key } = member as { key?: Node };
  return key?.type === "Identifier" ? key.name : "";
}

function leaveMember(file: FileMigration, node: Node): void {
  const why = "Register has defaultError and queryMeta, and nothing else.";
  file.leave(
    node,
    remark(
      nameOf(node) || "declare module",
      why,
      "Delete the others, and declare it in macho-cache/react.",
      SECTION.client,
    ),
  );
}

/** Whether a file says what the type of errors is. */
export function declaresErrorType(program: NodePath): boolean {
  let found = false;
  program.traverse({
    TSInterfaceDeclaration({ node }) {
      if (node.id.name === "Register" && node.body.body.some((each) => nameOf(each) === "defaultError")) found = true;
    },
  });
  return found;
}
