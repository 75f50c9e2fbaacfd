import type { DevtoolsTarget } from "./source.ts";
import type { NamedTarget } from "./targets.ts";

/** Where tools outside of the page look. Its shape is a contract between versions of the package and of the command. */
const PLACE = Symbol.for("macho-cache.exposed");

/** One cache or client that tools may look into. */
interface Exposed {
  readonly name: string;
  /** Weak: a cache that the app has dropped can be collected. */
  readonly target: WeakRef<DevtoolsTarget>;
  /** Answers a request by JSON text. Of the copy of the package that exposed it. */
  readonly ask: (target: DevtoolsTarget, request: Request) => Promise<string>;
  /** How many ask for it to be exposed. */
  users: number;
}

/** What a tool asks: plain data. */
export interface Request {
  /** What to do; see agent/operations.ts. */
  readonly operation: string;
  /** The name of a cache. */
  readonly cache: string;
}

/** What a tool finds at `globalThis[Symbol.for("macho-cache.exposed")]`. */
interface Registry {
  readonly version: 1;
  /** The caches that are there, by the names that requests use. */
  readonly names: () => string[];
  /** Answers by JSON text. Never rejects, and never throws. */
  readonly ask: (request: Request) => Promise<string>;
  /** For further copies of the package in the same page. */
  readonly exposed: Exposed[];
}

/** Exposes targets that are not yet. A name that is taken gets a number. Returns the undo. */
export function register(targets: readonly NamedTarget[], ask: Exposed["ask"]): () => void {
  const { exposed } = registry();
  prune(exposed);
  const added = targets.map(({ name, target }) => {
    let entry = exposed.find((each) => each.target.deref() === target);
    if (!entry) exposed.push((entry = { name: freeName(exposed, name), target: new WeakRef(target), ask, users: 0 }));
    entry.users++;
    return entry;
  });
  return () => {
    for (const entry of added.splice(0)) if (--entry.users === 0) exposed.splice(exposed.indexOf(entry), 1);
  };
}

function registry(): Registry {
  const host = globalThis as { [PLACE]?: Registry };
  return (host[PLACE] ??= createRegistry());
}

function createRegistry(): Registry {
  const exposed: Exposed[] = [];
  const names = (): string[] => {
    prune(exposed);
    return exposed.map(({ name }) => name);
  };
  const ask = async (request: Request): Promise<string> => {
    const entry = exposed.find(({ name }) => name === request.cache);
    const target = entry?.target.deref();
    return target ? entry!.ask(target, request) : JSON.stringify({ error: { code: "no-cache", names: names() } });
  };
  return { version: 1, names, ask, exposed };
}

/** Takes out what was collected. */
function prune(exposed: Exposed[]): void {
  for (let at = exposed.length - 1; at >= 0; at--) if (!exposed[at]!.target.deref()) exposed.splice(at, 1);
}

function freeName(exposed: readonly Exposed[], wanted: string): string {
  let name = wanted;
  for (let number = 2; exposed.some((each) => each.name === name); number++) name = `${wanted} ${number}`;
  return name;
}
