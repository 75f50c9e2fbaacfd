import type { Plugin } from "vite";

export function compactRules(rules: string): string;
export const compactPanel: Plugin;
