import type { FileMigration } from "./file-migration.ts";
import type { Project } from "./project.ts";
import type { Use } from "./use.ts";

/** What is known of a library that is left. */
export interface Library {
  readonly name: string;
  /** Its packages, and where what they export is found here. */
  readonly packages: Readonly<Record<string, string>>;
  /** Modules around it, for which there is nothing here. */
  readonly others: RegExp;
  /** Words of which one at least stands in every file that may need a look. */
  readonly words: RegExp;
  /** The guide for those who come from it. */
  readonly guide: string;
  /**
   * Rewrites one use of an imported name, or remarks on it.
   * @returns whether the name is not needed any more at this place
   */
  readonly rewriteUse: (use: Use, file: FileMigration) => boolean;
  /** Rewrites what needs no imported name, such as methods of a client. */
  readonly rewriteRest: (file: FileMigration) => void;
  /** What is learnt of all files before the first is rewritten. */
  readonly survey: (project: Project, paths: readonly string[]) => Survey;
}

/** The type of all errors, which is declared in one file. */
export interface ErrorType {
  readonly file: string;
  readonly type: "any" | "Error";
}

/** What of other files counts for a line. */
export interface Survey {
  /** Whether the client's defaults say how often a load is tried again. */
  readonly hasDefaultRetry: boolean;
  /** Whether a query begins with data of its own. */
  readonly hasInitialData: boolean;
  /** Whether the type of errors is declared already. */
  hasErrorType: boolean;
  /** Where this run declares it. */
  errorType?: ErrorType;
  /** How often all of an app tries a load again, if it says so by a number. */
  readonly retryCount?: number;
  /** Places of the key, by its first element, at which some query has an object. */
  readonly objectsInKeys: ReadonlyMap<string, ReadonlySet<number>>;
  /** How often a provider of the library stands in the files. */
  readonly providerCount: number;
  /** What was remarked on already, of what is said once. */
  readonly said: Set<string>;
}
