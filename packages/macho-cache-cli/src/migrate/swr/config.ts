// `<SWRConfig value={...}>` is `<MachoProvider client={client}>`, and a client beside it.
import type { NodePath } from "@babel/traverse";
import type { JSXOpeningElement, Node, ObjectExpression, Statement } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { leaveUse } from "../tanstack/hooks.ts";
import { declareErrors } from "../tanstack/setup.ts";
import type { Use } from "../use.ts";
import { optionText } from "./options.ts";
import { remark, SECTION } from "./remarks.ts";

/** How long SWR takes an answer for fresh unless it is told. */
const DEDUPING_INTERVAL = "2_000";

export function rewriteConfig(use: Use, file: FileMigration): boolean {
  const owner = use.path.parentPath;
  if (owner?.isJSXClosingElement()) return closing(use, file, owner);
  if (!owner?.isJSXOpeningElement()) return leaveConfig(use, file, "The component is passed on.");
  const value = valueOf(owner);
  if (!value) return leaveConfig(use, file, "Its value is made elsewhere.");
  if (file.survey.providerCount > 1)
    return leaveConfig(use, file, "There are several, and each would be a cache of its own.");
  const statement = topStatement(owner);
  if (!statement || !canStandBefore(file, value, statement))
    return leaveConfig(use, file, "Its value is made in a component.");
  putClient(file, value, statement);
  const attribute = owner.node.attributes[0]!;
  file.replace(attribute, `client={${clientName(file)}}`);
  file.rename(use, "MachoProvider");
  declareErrors(file);
  return true;
}

function closing(use: Use, file: FileMigration, { parent }: NodePath): boolean {
  const opening = (parent as unknown as { openingElement: JSXOpeningElement }).openingElement;
  // What was said of the opening one holds here.
  const isLeft = file.findings.some(
    ({ line, subject }) => subject === "SWRConfig" && line === opening.name.loc!.start.line,
  );
  if (!isLeft) file.rename(use, "MachoProvider");
  return !isLeft;
}

function leaveConfig(use: Use, file: FileMigration, why: string): false {
  return leaveUse(
    file,
    use,
    `Options belong to a client. ${why}`,
    "Make a client beside the app, new QueryClient({ defaultOptions: { queries } }), and write <MachoProvider client={client}>.",
    SECTION.setup,
  );
}

/** The object of the only prop. */
function valueOf(opening: NodePath<JSXOpeningElement>): NodePath<ObjectExpression> | undefined {
  const [attribute, ...others] = opening.get("attributes");
  if (others.length > 0 || !attribute?.isJSXAttribute() || attribute.node.name.name !== "value") return undefined;
  const container = attribute.get("value") as NodePath;
  const value = container.isJSXExpressionContainer() ? plain(container.get("expression") as NodePath) : undefined;
  return value?.isObjectExpression() ? value : undefined;
}

function topStatement(path: NodePath): NodePath<Statement> | undefined {
  const found = path.findParent((each) => each.parentPath?.isProgram() === true);
  return found as NodePath<Statement> | undefined;
}

/** Whether all that a value reads is there at the top of the file, before a statement. */
function canStandBefore(file: FileMigration, value: NodePath, statement: NodePath<Statement>): boolean {
  let isPossible = true;
  value.traverse({
    ReferencedIdentifier(path: NodePath) {
      const binding = path.scope.getBinding((path.node as { name: string }).name);
      if (!binding || binding.path.findParent((each) => each === value)) return;
      // What changes in it would be lost.
      if (file.imports.specifiers.some(({ local }) => local === binding.identifier.name)) isPossible = false;
      const isTop = binding.scope.path.isProgram();
      const isThere =
        binding.kind === "hoisted" || binding.kind === "module" || binding.path.node.start! < statement.node.start!;
      if (!isTop || !isThere) isPossible = false;
    },
    JSXElement() {
      isPossible = false;
    },
  });
  return isPossible;
}

function clientName(file: FileMigration): string {
  const names = ["client", "queryClient", "machoClient"];
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(file.source.text)) ?? "machoQueryClient";
}

function putClient(file: FileMigration, value: NodePath<ObjectExpression>, statement: NodePath<Statement>): void {
  const properties = value.get("properties");
  const texts = properties.map((each) => optionText(file, each));
  const names = properties.map((each) => (each.isSpreadElement() ? "" : keyOf(each)));
  if (!names.includes("dedupingInterval")) texts.push(`staleTime: ${DEDUPING_INTERVAL}`);
  const newline = file.source.text.includes("\r\n") ? "\r\n" : "\n";
  const semicolon = /;\s*$/m.test(file.source.text) ? ";" : "";
  const lines = [
    "{",
    "  defaultOptions: {",
    "    queries: {",
    ...texts.map((text) => `      ${text},`),
    "    },",
    "  },",
    `})${semicolon}`,
    "",
    "",
  ];
  const at = startOf(statement.node, file.source.text);
  const gap = /\n\r?\n$/.test(file.source.text.slice(0, at)) ? "" : newline;
  file.insertNamed(
    at,
    "QueryClient",
    (local) => `${gap}const ${clientName(file)} = new ${local}(${lines.join(newline)}`,
  );
}

/** Where the line begins on which a statement begins, or the first of the comments that stand on it. */
function startOf({ leadingComments, start }: Node, text: string): number {
  const starts = [...(leadingComments ?? []).map((each) => each.start ?? start!), start!];
  return starts.map((each) => lineStart(text, each)).find((each) => each !== undefined) ?? start!;
}

/** @returns `undefined` where something else stands before on the line */
function lineStart(text: string, at: number): number | undefined {
  const start = at - /[ \t]*$/.exec(text.slice(0, at))![0].length;
  return start === 0 || text[start - 1] === "\n" ? start : undefined;
}

/** Without a provider there is no cache. Said once. */
export function needProvider(use: Use, file: FileMigration): void {
  const { survey } = file;
  if (survey.providerCount > 0 || survey.said.has("provider")) return;
  survey.said.add("provider");
  file.leave(
    use.path.node,
    remark(
      "MachoProvider",
      "Hooks need a client around them: there is no global cache.",
      "Make new QueryClient({ defaultOptions: { queries: { staleTime: 2_000 } } }), and write <MachoProvider client={client}> around the app.",
      SECTION.setup,
    ),
  );
}
