export function findings(root: string): string[];
export function exampleFindings(root: string): string[];
