import { checkOptions, type OptionRow, TEXT } from "../model/option-table.ts";
import type { DehydratedState } from "./dehydrated.ts";
import { TextWriter } from "./text-writer.ts";

/** How the element is made. */
export interface ScriptOptions {
  /** Of the client that takes it, where a page has several. @defaultValue "" */
  readonly name?: string | undefined;
  /** For those who want one on every script; a data block is not run, and needs none. @defaultValue none */
  readonly nonce?: string | undefined;
}

const OPTIONS: Record<keyof ScriptOptions, OptionRow> = {
  name: [TEXT],
  nonce: [TEXT],
};
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

/**
 * What a client knows as a data block of a page, for `hydrateScripts`: a script element that no browser runs, so that a
 * Content Security Policy has nothing against it. Nothing in data, keys or options can end it.
 * @throws MachoError "invalid-argument" for what a text cannot hold, with its path; MachoOptionError for an option
 */
export function toScript(state: DehydratedState, options: ScriptOptions = {}): string {
  checkOptions("toScript", OPTIONS, options);
  const { name = "", nonce } = options;
  const attributes = `type="application/json" data-macho="${attribute(name)}"`;
  return `<script ${attributes}${nonce === undefined ? "" : ` nonce="${attribute(nonce)}"`}>${toScriptText(state)}</script>`;
}

/** What stands in the element. */
export function toScriptText(state: DehydratedState): string {
  return new TextWriter().write(state, "state");
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => ENTITIES[character]!);
}
