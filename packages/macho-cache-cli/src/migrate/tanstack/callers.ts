// Results of the user's own hooks, which give what a hook of the library gives.
import type { NodePath } from "@babel/traverse";
import { functionOf, importedName, plain, returnsOf } from "../definition.ts";
import { FileMigration, libraryNameOf } from "../file-migration.ts";
import { HOOKS } from "./hooks.ts";
import { remark, SECTION } from "./remarks.ts";
import { convertResult } from "./results.ts";

export function rewriteCallers(file: FileMigration, mayChange: boolean): void {
  file.source.program.traverse({
    CallExpression(call) {
      const callee = call.get("callee") as NodePath;
      if (!/\buse[A-Z]\w*$/.test(file.text(callee.node)) || !givesResult(file, callee)) return;
      if (mayChange) convertResult(file, call);
      else leaveResult(file, call);
    },
  });
}

/** Whether a function gives the result of a hook as it is. */
function givesResult(file: FileMigration, callee: NodePath): boolean {
  const hook = functionOf(file.project, { file: file.source, path: callee });
  const given = hook ? returnsOf(hook.path).map((each) => plain(each)) : [];
  return (
    given.length > 0 && given.every((each) => each.isCallExpression() && isHook(file, each.get("callee") as NodePath))
  );
}

function isHook(file: FileMigration, callee: NodePath): boolean {
  const name = libraryNameOf(file.library, importedName(callee)) ?? "";
  return name.startsWith("use") && Object.hasOwn(HOOKS, name);
}

/** What would be changed is remarked on, where the file is not touched. */
function leaveResult(file: FileMigration, call: NodePath): void {
  const trial = new FileMigration(file.source, file.project, file.library, file.survey);
  convertResult(trial, call);
  for (const finding of trial.findings) file.findings.push(finding);
  if (trial.changeCount === 0) return;
  const why =
    "Without an error it is undefined here, not null. This file imports nothing of the library, so it was not touched.";
  file.leave(trial.firstChange ?? call.node, remark("error", why, "Compare it with undefined.", SECTION.results));
}
