import type { Identifier, Node } from "./tree.ts";

// The part of a scope manager that ESLint's own, typescript-eslint's and oxlint's have in common.

export interface Definition {
  /** Such as `"ImportBinding"`, `"Parameter"`, `"Variable"`, `"FunctionName"`. */
  readonly type: string;
  readonly name: Identifier;
  readonly node: Node;
  readonly parent?: Node | null;
}

export interface Reference {
  readonly identifier: Identifier;
  readonly resolved: Variable | null;
  readonly isTypeReference?: boolean;
  isRead(): boolean;
  isWrite(): boolean;
}

export interface Variable {
  readonly name: string;
  readonly defs: readonly Definition[];
  readonly references: readonly Reference[];
  readonly scope: Scope;
}

export interface Scope {
  /** Such as `"module"`, `"function"`. */
  readonly type: string;
  readonly block: Node;
  readonly references: readonly Reference[];
  readonly set: ReadonlyMap<string, Variable>;
  readonly upper: Scope | null;
}

/** Whether a variable is declared in a function, or in something inside of it. */
export function isDeclaredIn(variable: Variable, block: Node): boolean {
  for (let scope: Scope | null = variable.scope; scope; scope = scope.upper) if (scope.block === block) return true;
  return false;
}
