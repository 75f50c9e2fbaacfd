export function countTests(report: string): { readonly passed: number; readonly failed: number };
export function failureLines(report: string): string[];
