import { extname } from "node:path";
import { parse, type ParserPlugin } from "@babel/parser";
import traverseModule, { type NodePath } from "@babel/traverse";
import type { Node, Program } from "@babel/types";

// Node gives the whole module of this package as its default; a bundler gives the function.
const traverse = (traverseModule as unknown as { default?: typeof traverseModule }).default ?? traverseModule;

/** A file as it was read. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  /** From the folder that was given, with `/`. */
  readonly name: string;
  readonly text: string;
  /** The whole file, with scopes. */
  readonly program: NodePath<Program>;
}

/** @throws Error that says where a text is no JavaScript or TypeScript */
export function parseSource(path: string, name: string, text: string): SourceFile {
  const ast = parse(text, {
    sourceType: "module",
    allowReturnOutsideFunction: true,
    plugins: pluginsFor(path, text),
  });
  let program: NodePath<Program> | undefined;
  traverse(ast, {
    Program(found) {
      program = found;
      found.stop();
    },
  });
  return { path, name, text, program: program! };
}

function pluginsFor(path: string, text: string): ParserPlugin[] {
  const common: ParserPlugin[] = ["decorators-legacy", "explicitResourceManagement"];
  switch (extname(path)) {
    case ".ts":
    case ".mts":
      return [...common, "typescript"];
    case ".tsx":
      return [...common, "typescript", "jsx"];
    default:
      return /@flow\b/.test(text) ? [...common, "flow", "jsx"] : [...common, "jsx"];
  }
}

/** Whether a file has types. */
export function isTyped({ path }: SourceFile): boolean {
  return /\.m?tsx?$/.test(path);
}

/** Where a word of code stands between two places, apart from comments; -1 for nowhere. */
export function findCode({ text }: Pick<SourceFile, "text">, word: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (text.startsWith("/*", at)) at = text.indexOf("*/", at) + 1;
    else if (text.startsWith("//", at)) at = text.indexOf("\n", at);
    else if (text.startsWith(word, at)) return at;
    if (at < from) return -1;
  }
  return -1;
}

/** The text of a node, as it was read. */
export function textOf({ text }: SourceFile, node: Node): string {
  return text.slice(node.start!, node.end!);
}
