import { MachoError } from "../../core/lru/index.ts";
import { hostClock } from "../../core/lru/internal.ts";
import type { Answer } from "../machine/answer.ts";

/** Clients that load one key, one after the other, before the next one is helped. */
const MOST_TRIES = 5;
/** Ms that this lasts at least. For up to 300, React itself may hold back what is ready, and try again meanwhile. */
const LONGEST = 1_000;
/** Ms after the end of a load within which React tries again. */
const NEXT_TRY = 1_000;
/** Ms within which React renders once more what threw. On a slow machine it lets other tasks run before that. */
const ONCE_MORE = 200;

/** A client that is not on screen, as far as this is concerned. */
interface UnmountedClient {
  find(hash: string): { readonly answer: Answer | undefined } | undefined;
}

/** Clients that were not on screen, one after the other, with each of which a component waited for the same. */
interface Tries {
  /** What they load. Two apps in a page may have the same key for other data. */
  readonly id?: string;
  readonly count: number;
  /** Ms at which the first of them began to wait. */
  readonly since: number;
  /** Ms until which another client is the next try; `Infinity` while the load is under way. */
  until: number;
  /** What the last one loaded; `undefined` for a failure. */
  answer?: Answer | undefined;
}

const NONE: Tries = { count: 0, since: 0, until: -Infinity };

/**
 * React throws away what could not be shown, and a client that was made there goes with it: the next try has another
 * one, which loads anew, for ever. Each has the key and the fetcher of the one before.
 * ```
 * <Suspense> <Provider> <Film/>     new client -> load -> thrown away -> new client -> load -> ...
 * <Provider> <Suspense> <Film/>     new client -> load -> on screen
 * ```
 * Something else may have kept it from the screen, such as code that had not come. So after a while the next client gets
 * the answer of the last: if it comes on screen by that, the load alone was in the way.
 */
let tries = NONE;
/** Clients with which a component waited, and of those that got the answer of others, its hash. */
const waited = new WeakMap<object, string | undefined>();

/** A client comes on screen. @throws MachoError "lost-client" where those before it were lost by their own loads */
export function checkMounted(client: object): void {
  tries = NONE;
  const hash = waited.get(client);
  if (hash !== undefined) throwLost(hash);
}

/** The answer for a client that is the next of too many. @throws MachoError "lost-client" where their loads failed */
export function answerOfLost(client: object, hash: string, fetcher: unknown): Answer | undefined {
  const now = hostClock.now();
  const { id, count, since, until, answer } = tries;
  const isNext = id === hash + String(fetcher) && now < until && until < Infinity;
  if (!isNext || count < MOST_TRIES || now < since + LONGEST) return undefined;
  // Those beside it come in the same task, and the same once more after an error soon. A later one is another try.
  hostClock.schedule(() => (tries = NONE), answer ? 0 : ONCE_MORE);
  if (!answer) throwLost(hash);
  waited.set(client, hash);
  return answer;
}

/** A component waits with a client that is not on screen. */
export function noteWait(client: UnmountedClient, hash: string, fetcher: unknown, wait: Promise<void>): void {
  const now = hostClock.now();
  const before = now < tries.until ? tries : NONE;
  const own: Tries = {
    id: hash + String(fetcher),
    count: before.count + 1,
    since: before.count ? before.since : now,
    until: Infinity,
  };
  // Those that wait side by side are one try, also for different keys. A client counts once.
  if (waited.has(client) || before.until === Infinity || (before.count && before.id !== own.id)) return;
  waited.set(client, undefined);
  tries = own;
  const end = (): void => {
    own.until = hostClock.now() + NEXT_TRY;
    own.answer = client.find(hash)?.answer;
  };
  void wait.then(end);
}

function throwLost(hash: string): never {
  const message = `A component that waits for ${hash} got a new client at each try, since React throws away what suspends.`;
  const remedy = "Put a <Suspense> inside <MachoProvider>, or make the client outside of components.";
  throw new MachoError("lost-client", `${message} ${remedy}`);
}
