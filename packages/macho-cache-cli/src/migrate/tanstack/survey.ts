// What is learnt of all files before the first is rewritten.
import type { NodePath } from "@babel/traverse";
import type { ArrayExpression, Node } from "@babel/types";
import { definitionOf, keyOf, plain } from "../definition.ts";
import type { Survey } from "../library.ts";
import type { Project } from "../project.ts";
import type { SourceFile } from "../source-file.ts";
import { valueOf } from "./options.ts";
import { declaresErrorType } from "./types.ts";

export function survey(project: Project, paths: readonly string[]): Survey {
  const objectsInKeys = new Map<string, Set<number>>();
  const found = { hasDefaultRetry: false, hasInitialData: false, hasErrorType: false };
  for (const path of paths) {
    const file = project.file(path);
    if (!file) continue;
    if (declaresErrorType(file.program)) found.hasErrorType = true;
    file.program.traverse({
      ObjectMember(property) {
        const name = keyOf(property);
        if (name === "initialData") found.hasInitialData = true;
        else if (name === "retry" && isDefault(property)) found.hasDefaultRetry = true;
        else if (name === "queryKey") noteKey(project, file, plain(valueOf(property)), objectsInKeys);
      },
    });
  }
  return { ...found, objectsInKeys, providerCount: 0, said: new Set() };
}

/** `defaultOptions: { queries: { retry: 2 } }`. */
function isDefault(property: NodePath): boolean {
  const value = plain(valueOf(property));
  if (value.isBooleanLiteral({ value: false }) || value.isNumericLiteral({ value: 0 })) return false;
  const holder = property.parentPath?.parentPath;
  if (!holder?.isObjectProperty() || keyOf(holder) !== "queries") return false;
  return true;
}

/** Notes at which places of a key an object may stand; a key that is not written out may have one anywhere. */
function noteKey(project: Project, file: SourceFile, key: NodePath, all: Map<string, Set<number>>): void {
  if (!key.isArrayExpression()) return;
  const [head] = key.node.elements;
  const name = head?.type === "StringLiteral" ? head.value : "";
  const places = all.get(name) ?? new Set<number>();
  all.set(name, places);
  elementsOf(key).forEach((element, index) => {
    if (element && mayBeObject(project, file, element)) places.add(index);
  });
}

function elementsOf(key: NodePath<ArrayExpression>): (NodePath | undefined)[] {
  return (key.get("elements") as NodePath<Node | null>[]).map((each) => (each.node ? (each as NodePath) : undefined));
}

function mayBeObject(project: Project, file: SourceFile, element: NodePath): boolean {
  const path = plain(element);
  if (path.isLiteral()) return false;
  const found = definitionOf(project, { file, path })?.path;
  return !found?.isLiteral();
}
