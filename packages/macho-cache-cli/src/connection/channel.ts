import type { EventEmitter } from "node:events";
import CDP from "chrome-remote-interface";
import { CommandError, EXIT } from "../exit.ts";
import { answerWithin, gone } from "./away.ts";

/** What is used of the protocol's client. Its own types know every method and no session. */
interface Client extends EventEmitter {
  readonly send: (method: string, params: object, sessionId: string | undefined) => Promise<Record<string, unknown>>;
  readonly close: () => Promise<void>;
}

type Listener = (method: string, params: Record<string, unknown>) => void;

/** A conversation by the debuggers' protocol with one page, worker or process. */
export interface Channel {
  /** Rejects with an error of the protocol, or with a `CommandError` once it has ended. */
  readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>;
  /** Hears of every event. Returns its undo. */
  readonly listen: (listener: Listener) => () => void;
}

/** A channel and what closes it. */
export interface RootChannel extends Channel {
  /** The channel of a worker, or of a frame in a process of its own, that shares the connection. */
  readonly session: (sessionId: string) => Channel;
  readonly close: () => Promise<void>;
}

/** Opens a conversation with what listens at a WebSocket address. @param timeout ms */
export async function openChannel(address: string, timeout: number): Promise<RootChannel> {
  // With the description of the protocol that comes with the client, none is fetched from the target.
  const opened = CDP({ target: address, local: true });
  let isLate = false;
  opened.then(
    (late) => (isLate ? late.close() : undefined),
    () => undefined,
  );
  const inTime = answerWithin(opened, timeout).catch((error: unknown) => {
    isLate = true;
    throw error;
  });
  const client = (await inTime) as unknown as Client;
  // One a call under way, and one for each that waits for its end.
  client.setMaxListeners(0);
  let hasEnded = false;
  client.on("disconnect", () => (hasEnded = true));
  // With the session's id, where there is one: "" stands for what has none.
  const channelOf = (session: string): Channel => ({
    send: async (method, params = {}) => {
      if (hasEnded) throw gone("The connection has ended: the page was closed, or the process has stopped.");
      return client.send(method, params, session || undefined);
    },
    listen: (listener) => {
      const hear = ({ method, params, sessionId = "" }: CDP.EventMessage): void => {
        if (sessionId === session) listener(method, params as Record<string, unknown>);
      };
      const end = (): void => listener("Inspector.detached", { reason: "the connection has ended" });
      client.on("event", hear);
      client.on("disconnect", end);
      return () => {
        client.removeListener("event", hear);
        client.removeListener("disconnect", end);
      };
    },
  });
  return { ...channelOf(""), session: channelOf, close: () => client.close() };
}

/** The channel of a thread of Node, whose messages go through its process. */
export function threadChannel(process: Channel, sessionId: string): Channel {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  const listeners = new Set<Listener>();
  let lastId = 0;
  process.listen((method, params) => {
    if (params["sessionId"] !== sessionId) return;
    if (method === "NodeWorker.detachedFromWorker") return end();
    if (method === "NodeWorker.receivedMessageFromWorker") hear(JSON.parse(params["message"] as string) as Message);
  });
  const hear = ({ id, method, params, result, error }: Message): void => {
    if (id === undefined) return listeners.forEach((listener) => listener(method!, params!));
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error) asker?.reject(new Error(error.message));
    else asker?.resolve(result as never);
  };
  const end = (): void => {
    for (const { reject } of waiting.values()) reject(gone("The thread has ended."));
    waiting.clear();
    listeners.forEach((listener) => listener("Inspector.detached", { reason: "the thread has ended" }));
  };
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        const message = JSON.stringify({ id, method, params });
        process.send("NodeWorker.sendMessageToWorker", { sessionId, message }).catch((error: unknown) => {
          waiting.delete(id);
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      }),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The page or process cannot be worked with. */
export function lost(message: string, cause?: unknown): CommandError {
  return new CommandError(EXIT.lost, message, { cause });
}
