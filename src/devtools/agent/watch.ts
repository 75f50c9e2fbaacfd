import { parseWords } from "../panel/filter-words.ts";
import type { DevtoolsTarget } from "../source.ts";
import { Unclear } from "./refusal.ts";
import { SESSION_HOST, type SessionHost, Sessions } from "./sessions.ts";
import { WATCH_KINDS, type WatchAnswer, type WatchKind, type WatchRequest } from "./watch-events.ts";
import { type WatchFilter, WatchSession } from "./watch-session.ts";

/** Ms for which an answer waits at most: less than a session lives. */
const MAX_WAIT = 20_000;

/** Tells tools what happens to caches, from one question to the next. */
export class Watches {
  readonly sessions: Sessions<WatchSession>;
  #host: SessionHost;

  constructor(host: SessionHost = SESSION_HOST) {
    this.#host = host;
    this.sessions = new Sessions("a watch", host);
  }

  /** What happened since the question before. @throws Unclear for what cannot be watched */
  async answer(target: DevtoolsTarget, request: WatchRequest): Promise<WatchAnswer> {
    const known = this.sessions.find(target, request.session);
    if (!known && request.ends) {
      return { session: "", isNew: false, events: [], lost: 0, seesReads: true };
    }
    const { id, session } = known ? { id: request.session, session: known } : this.#begin(target, request);
    if (request.ends) this.sessions.end(target, id);
    const wait = Number.isFinite(request.wait) ? Math.min(request.wait, MAX_WAIT) : 0;
    // What begins a session answers at once, so that whoever asks knows that it has begun.
    const { events, lost } = await session.read(known && !request.ends ? wait : 0);
    return { session: id, isNew: !known, events, lost, seesReads: session.seesReads };
  }

  #begin(target: DevtoolsTarget, request: WatchRequest): { readonly id: string; readonly session: WatchSession } {
    const filter = filterOf(request);
    return this.sessions.begin(target, () => new WatchSession(target, filter, this.#host));
  }
}

function filterOf({ kinds, words, withValues }: WatchRequest): WatchFilter {
  const unknown = Array.isArray(kinds) ? kinds.find((kind) => !WATCH_KINDS.includes(kind)) : "none";
  if (unknown !== undefined) {
    throw new Unclear(`The app's macho-cache tells no ${String(unknown)}. It tells: ${WATCH_KINDS.join(", ")}.`);
  }
  const { texts, tests, wantsLeft, problem } = parseWords(words);
  if (tests.length > 0 || wantsLeft || problem !== undefined) {
    throw new Unclear("A watch looks for words in keys. Words such as status: or ttl< are for macho keys.");
  }
  return { kinds: new Set<WatchKind>(kinds), texts, withValues: withValues === true };
}

const watches = new Watches();

/** What happens to a cache. */
export function watch(target: DevtoolsTarget, request: WatchRequest): Promise<WatchAnswer> {
  return watches.answer(target, request);
}
