import type { NodePath } from "@babel/traverse";
import { plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isInlineFunction, referencesOf } from "../function-edits.ts";
import { convertNoError } from "./no-error.ts";

/** `onSettled(data, error)`: the error is `undefined` after a success. */
export function convertNoErrorParameter(file: FileMigration, given: NodePath): void {
  const path = plain(given);
  if (!isInlineFunction(path)) return;
  const error = (path.get("params") as NodePath[])[1];
  if (!error?.isIdentifier()) return;
  for (const reference of referencesOf(path, error.node.name)) convertNoError(file, reference);
}
