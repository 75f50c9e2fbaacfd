import type { Remark } from "../finding.ts";

const GUIDE = "from-swr.md";

/** Sections of the guide. */
export const SECTION = {
  uses: `${GUIDE}#each-task-before-and-now`,
  setup: `${GUIDE}#setting-up`,
  mutation: `${GUIDE}#a-mutation`,
  pages: `${GUIDE}#lists-of-pages`,
  subscription: `${GUIDE}#a-subscription`,
  loads: `${GUIDE}#loads`,
  exports: `${GUIDE}#exports`,
  results: `${GUIDE}#what-a-hook-gives`,
  options: `${GUIDE}#options`,
} as const;

export function remark(subject: string, why: string, remedy: string, doc: string): Remark {
  return { subject, why, remedy, doc };
}
