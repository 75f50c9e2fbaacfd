import { check, checkNames } from "../../core/internal.ts";
import type { DehydratedState } from "./hydration.ts";
import { TextWriter } from "./text-writer.ts";

/** How the element is made. */
export interface ScriptOptions {
  /** Of the client that takes it, where a page has several. @defaultValue "" */
  readonly name?: string | undefined;
  /** For those who want one on every script; a data block is not run, and needs none. @defaultValue none */
  readonly nonce?: string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/**
 * What a client knows as a data block of a page, for `hydrateScripts`: a script element that no browser runs, so that a
 * Content Security Policy has nothing against it. Nothing in data, keys or options can end it.
 * @throws MachoError "invalid-argument" for what a text cannot hold, with its path; MachoOptionError for an option
 */
export function toScript(state: DehydratedState, options: ScriptOptions = {}): string {
  checkNames("toScript", options, { name: true, nonce: true });
  const { name = "", nonce } = options;
  checkName(name);
  check(nonce === undefined || typeof nonce === "string", "nonce", "must be a string", nonce, 'nonce: "m3yX..."');
  const attributes = `type="application/json" data-macho="${attribute(name)}"`;
  return `<script ${attributes}${nonce === undefined ? "" : ` nonce="${attribute(nonce)}"`}>${toScriptText(state)}</script>`;
}

/** What stands in the element. */
export function toScriptText(state: DehydratedState): string {
  return new TextWriter().write(state, "state");
}

/** @throws MachoOptionError unless it can be the name of a client's data blocks */
export function checkName(name: unknown): void {
  check(typeof name === "string", "name", "must be a string", name, 'name: "cart"');
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => ENTITIES[character]!);
}
