/**
 * Lets the command `macho` find the caches of a page, a worker or a server.
 * @packageDocumentation
 * @since 0.2.0
 */
import { MachoError } from "../core/index.ts";
import { describe } from "../core/internal.ts";
import { expose } from "./exposure.ts";
import { RecordTargets } from "./record-targets.ts";
import { type DevtoolsTargets, namedTargets } from "./targets.ts";

export type { DevtoolsTarget, InspectableCache, InspectableClient } from "./source.ts";
export type { DevtoolsTargets } from "./targets.ts";
export type { Answers, AnswerError, Change, KeyRequest, Matching, Requests } from "./agent/protocol.ts";

/** Options of `exposeCaches`. */
export interface ExposeOptions {
  /**
   * Records from now on, so that the command can say why a key is missing and what to change. The code for it is loaded
   * a little later. It costs what the panel's recording costs: some work at each operation, and in a page one timer that
   * runs once a second while the page is visible. On a server and in a worker there is no timer. It keeps neither a
   * process nor a cache alive.
   * @defaultValue false: the command starts a record when it is asked such a question, for ten minutes
   */
  record?: boolean;
}

/**
 * Lets the command `macho`, of the package macho-cache-cli, find these caches by their names. Always real, in a
 * production build too; nothing else happens until somebody asks. They are held weakly.
 *
 * @param targets caches and query clients by name
 * @returns the undo: afterwards the command finds them no more, and nothing is recorded for it
 * @throws MachoError for what cannot be looked into
 *
 * @example
 * exposeCaches({ films: cache, api: client });
 */
export function exposeCaches(targets: DevtoolsTargets, options: ExposeOptions = {}): () => void {
  const { record = false } = options;
  if (typeof record !== "boolean") {
    const remedy = "Pass { record: true } to record from now on.";
    throw new MachoError("invalid-argument", `record must be true or false, got ${describe(record)}. ${remedy}`);
  }
  const named = namedTargets(targets);
  const hide = expose(named);
  if (!record) return hide;
  const recorder = new RecordTargets(named);
  recorder.start();
  return () => {
    hide();
    recorder.stop();
  };
}
