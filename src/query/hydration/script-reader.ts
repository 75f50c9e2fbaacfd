import type { QueryClient } from "../client/client.ts";
import { checkOptions, type OptionRow, TEXT } from "../model/option-table.ts";
import type { StreamedParts } from "../store/sent.ts";
import { elementsOf, isPageComplete } from "../timing/environment.ts";
import { hydrate } from "./hydrate.ts";
import { readText } from "./text-reader.ts";

/** Which data blocks are read. */
export interface HydrateScriptsOptions {
  /** As in `toScript`. @defaultValue "" */
  readonly name?: string | undefined;
}

/**
 * Gives a client what the server sent along in data blocks, each once: those of the page as it is now, and those of its
 * later parts, as they hydrate. Call it before `hydrateRoot`. Does nothing where there is no page.
 * @throws MachoError "invalid-dump" for a block that was damaged, of which nothing is taken; the others are
 */
export function hydrateScripts(client: QueryClient, options: HydrateScriptsOptions = {}): void {
  (client.host.streamedParts ??= new ScriptReader(client)).read(nameOf("hydrateScripts", options));
}

/**
 * What the data blocks of the page hold now, for those who hydrate by hand: `hydrateScripts` does it for you, and reads
 * later parts as well.
 * @returns a state for `hydrate` for each block; none where there is no page
 * @throws MachoError "invalid-dump" for a block that was damaged
 */
export function readScript(options: HydrateScriptsOptions = {}): unknown[] {
  const names = new Set([nameOf("readScript", options)]);
  for (const name of names) namesReadByHand.add(name);
  return blocksOf(names).map(({ textContent }) => readText(textContent ?? ""));
}

/** The names that somebody hydrates by hand, with `readScript`. */
const namesReadByHand = new Set<string>();

/** Whether the page has data blocks of this name, and nobody asked for them. */
export function isScriptUnread({ host }: QueryClient, name: string): boolean {
  return !namesReadByHand.has(name) && !host.streamedParts?.hasRead(name) && blocksInPage(new Set([name])).length > 0;
}

const OPTIONS: Record<keyof HydrateScriptsOptions, OptionRow> = {
  name: [TEXT],
};

function nameOf(owner: string, options: HydrateScriptsOptions): string {
  checkOptions(owner, OPTIONS, options);
  return options.name ?? "";
}

/** Finds the data blocks of a page, each once. */
class ScriptReader implements StreamedParts {
  readonly #client: QueryClient;
  readonly #names = new Set<string | null>();
  readonly #seen = new WeakSet<Element>();
  #hasLooked = false;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  read(name: string): void {
    this.#names.add(name);
    this.#read("all");
  }

  hasRead(name: string): boolean {
    return this.#names.has(name);
  }

  /** One hook after the other calls this. One look a task is enough, and none after the last part has come. */
  readNewParts(): void {
    if (this.#hasLooked) return;
    this.#hasLooked = true;
    if (!isPageComplete()) queueMicrotask(() => (this.#hasLooked = false));
    const states = this.#read("unwatched");
    // Queries on screen get their newer data when the render that asks is over.
    if (states.length > 0) queueMicrotask(() => this.#takeWatched(states));
  }

  #takeWatched(states: readonly unknown[]): void {
    for (const state of states) hydrate(this.#client, state, { which: "watched" });
  }

  /** @returns what was taken @throws for the first block that was damaged, after the others were taken */
  #read(which: "all" | "unwatched"): unknown[] {
    const errors: unknown[] = [];
    const states = this.#unread().flatMap(({ textContent }) => {
      try {
        const state = readText(textContent ?? "");
        hydrate(this.#client, state, { which });
        return [state];
      } catch (error) {
        errors.push(error);
        return [];
      }
    });
    if (errors.length > 0) throw errors[0];
    return states;
  }

  #unread(): Element[] {
    const found = blocksOf(this.#names).filter((element) => !this.#seen.has(element));
    for (const element of found) this.#seen.add(element);
    return found;
  }
}

/** The complete data blocks of clients with these names. */
function blocksOf(names: ReadonlySet<string | null>): Element[] {
  const isComplete = isPageComplete();
  const found = blocksInPage(names);
  return isComplete ? found : found.filter(hasEnded);
}

/** The same, and the one that the parser is at. */
function blocksInPage(names: ReadonlySet<string | null>): Element[] {
  return Array.from(elementsOf("script[data-macho]")).filter((each) => names.has(each.getAttribute("data-macho")));
}

/** Whether the parser has left an element: something follows it. Otherwise half of its text may be missing. */
function hasEnded(element: Element): boolean {
  for (let node: Node | null = element; node; node = node.parentNode) if (node.nextSibling) return true;
  return false;
}
