export function builtLintPlugin(): string;
