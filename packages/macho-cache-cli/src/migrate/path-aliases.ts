// Names such as `@/api` that a project gives its own files: `paths` of its tsconfig.json or jsconfig.json.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseExpression } from "@babel/parser";
import type { Node, ObjectExpression } from "@babel/types";

const NAMES = ["tsconfig.json", "tsconfig.app.json", "jsconfig.json"];

/** `before*after` in an import, and where the star is looked for. */
export interface PathAlias {
  readonly before: string;
  readonly after: string;
  readonly hasStar: boolean;
  /** Absolute, with the same star. */
  readonly targets: readonly string[];
}

/** The aliases of the nearest folder that has some, from a folder upwards. */
export function pathAliases(folder: string): PathAlias[] {
  for (const name of NAMES) {
    const path = join(folder, name);
    const found = existsSync(path) ? aliasesOf(path) : [];
    if (found.length > 0) return found;
  }
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, ".git")) ? [] : pathAliases(parent);
}

/** The paths that an import may mean; none where no alias fits. */
export function aliasTargets(aliases: readonly PathAlias[], specifier: string): string[] {
  return aliases.flatMap(({ before, after, hasStar, targets }) => {
    if (!hasStar) return specifier === before ? targets : [];
    const isLong = specifier.length >= before.length + after.length;
    if (!isLong || !specifier.startsWith(before) || !specifier.endsWith(after)) return [];
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return targets.map((target) => target.replace("*", () => middle));
  });
}

function aliasesOf(path: string): PathAlias[] {
  const options = member(member(parsed(path), "compilerOptions"), "paths");
  const base = member(member(parsed(path), "compilerOptions"), "baseUrl");
  const home = resolve(dirname(path), base?.type === "StringLiteral" ? base.value : ".");
  if (options?.type !== "ObjectExpression") return [];
  return options.properties.flatMap((property) => {
    const name = property.type === "ObjectProperty" && property.key.type === "StringLiteral" ? property.key.value : "";
    const list =
      property.type === "ObjectProperty" && property.value.type === "ArrayExpression" ? property.value : undefined;
    const targets = list?.elements.flatMap((each) =>
      each?.type === "StringLiteral" ? [resolve(home, each.value)] : [],
    );
    // A star alone would take the names of packages too.
    if (!targets || name === "" || name === "*") return [];
    const [before = "", after = ""] = name.split("*");
    return [{ before, after, hasStar: name.includes("*"), targets }];
  });
}

/** Such a file has comments, and commas at the end: it is no JSON, and it is an expression. */
function parsed(path: string): Node | undefined {
  try {
    return parseExpression(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function member(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== "ObjectExpression") return undefined;
  const { properties }: ObjectExpression = node;
  const found = properties.find(
    (each) => each.type === "ObjectProperty" && each.key.type === "StringLiteral" && each.key.value === name,
  );
  return found?.type === "ObjectProperty" ? found.value : undefined;
}
