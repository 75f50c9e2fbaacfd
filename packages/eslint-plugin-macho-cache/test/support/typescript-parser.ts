import { createRequire } from "node:module";
import type { Linter } from "eslint";

const load = createRequire(import.meta.url);

/**
 * The parser of typescript-eslint. A package that it uses stands at the root of the checkout, beside a compiler without
 * the functions that it calls: there it gets this package's compiler.
 */
function typescriptParser(): Linter.Parser {
  const own = load.resolve("typescript");
  load(own);
  const other = createRequire(load.resolve("ts-api-utils")).resolve("typescript");
  load.cache[other] = load.cache[own];
  return load("@typescript-eslint/parser") as Linter.Parser;
}

export const parser: Linter.Parser = typescriptParser();
