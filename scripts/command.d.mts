export function builtCommand(): string;
