import { MachoError } from "../../core/index.ts";
import { hostClock } from "../../core/internal.ts";
import type { Answer } from "../machine/answer.ts";

/** Clients that load one key, one after the other, before the next one is helped. */
const MOST_TRIES = 5;
/** Ms that this lasts at least. For up to 300, React itself may hold back what is ready, and try again meanwhile. */
const LONGEST = 1_000;
/** Ms after the end of a load within which React tries again. */
const NEXT_TRY = 1_000;
/** Ms within which React renders once more what threw. On a slow machine it lets other tasks run before that. */
const ONCE_MORE = 200;
/** Keys that are remembered. */
const MOST_KEYS = 100;

/** A client that is not on screen, as far as this is concerned. */
interface UnmountedClient {
  find(hash: string): { readonly answer: Answer | undefined } | undefined;
}

/** Such a client, with which a component waited. */
interface Try {
  readonly client: WeakRef<UnmountedClient>;
  readonly count: number;
  /** Ms at which the first of them began to wait. */
  readonly since: number;
  /** Ms until which another client is the next try; `Infinity` while the load is under way. */
  until: number;
  /** What it loaded; `undefined` for a failure. */
  answer?: Answer | undefined;
}

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
const tries = new Map<string, Try>();
/** Clients that got the answer of others, and its hash. */
const helped = new WeakMap<object, string>();

/** A client comes on screen. @throws MachoError "lost-client" where those before it were lost by their own loads */
export function checkMounted(client: object): void {
  tries.clear();
  const hash = helped.get(client);
  if (hash !== undefined) throw lostClient(hash);
}

/** The answer for a client that is the next of too many. @throws MachoError "lost-client" where their loads failed */
export function answerOfLost(client: object, hash: string, fetcher: unknown): Answer | undefined {
  const id = idOf(hash, fetcher);
  const before = tries.get(id);
  const now = hostClock.now();
  if (!before || before.count < MOST_TRIES || now < before.since + LONGEST) return undefined;
  if (before.until === Infinity || now >= before.until) return undefined;
  // Those beside it come in the same task, and the same once more after an error soon. A later one is another try.
  hostClock.schedule(() => tries.delete(id), before.answer ? 0 : ONCE_MORE);
  if (!before.answer) throw lostClient(hash);
  helped.set(client, hash);
  return before.answer;
}

/** A component waits with a client that is not on screen. */
export function noteWait(client: UnmountedClient, hash: string, fetcher: unknown, wait: Promise<void>): void {
  const id = idOf(hash, fetcher);
  const now = hostClock.now();
  const before = tries.get(id);
  // Several that wait side by side are one try.
  if (before?.until === Infinity || before?.client.deref() === client) return;
  const { count, since } = before && now < before.until ? before : { count: 0, since: now };
  const own: Try = { client: new WeakRef(client), count: count + 1, since, until: Infinity };
  if (tries.size >= MOST_KEYS) tries.clear();
  tries.set(id, own);
  const end = (): void => {
    own.until = hostClock.now() + NEXT_TRY;
    own.answer = client.find(hash)?.answer;
  };
  void wait.then(end);
}

/** Two apps in a page may have the same key for other data. */
function idOf(hash: string, fetcher: unknown): string {
  return hash + String(fetcher);
}

function lostClient(hash: string): MachoError {
  const message = `A component that waits for ${hash} got a new client at each try.`;
  const cause = "React throws away what suspends before it was shown, and the client that was made there.";
  const remedy = "Put a <Suspense> inside <MachoProvider>, or make the client outside of components.";
  return new MachoError("lost-client", `${message} ${cause} ${remedy}`);
}
