import type { Browser, CDPSession } from "playwright";

/** A tab that nothing but its commands touches. */
export interface RawTab {
  send(method: string, params?: object): Promise<unknown>;
  /** Runs an expression in its page, and gives what that resolves to. */
  run<T>(expression: string): Promise<T>;
  /** Brings it before the others, which are hidden then. */
  show(): Promise<unknown>;
}

interface Reply {
  readonly id?: number;
  readonly error?: { readonly message: string };
  readonly result?: unknown;
}

/**
 * Tabs beside the library that drives the browser, which shows and focuses all of its pages for ever. These are hidden by
 * each other, and can be frozen.
 */
export class RawTabs {
  #session: CDPSession;
  #browserContextId: string;
  #replies = new Map<number, (reply: Reply) => void>();
  #count = 0;

  private constructor(session: CDPSession, browserContextId: string) {
    this.#session = session;
    this.#browserContextId = browserContextId;
    session.on("Target.receivedMessageFromTarget", ({ message }) => {
      const reply = JSON.parse(message) as Reply;
      if (reply.id !== undefined) this.#replies.get(reply.id)?.(reply);
    });
  }

  static async of(browser: Browser): Promise<RawTabs> {
    const session = await browser.newBrowserCDPSession();
    return new RawTabs(session, (await session.send("Target.createBrowserContext")).browserContextId);
  }

  /** A new tab, before the others. @param isReady an expression that is true once the page is there */
  async open(url: string, isReady: string): Promise<RawTab> {
    const { targetId } = await this.#session.send("Target.createTarget", {
      url,
      browserContextId: this.#browserContextId,
    });
    const { sessionId } = await this.#session.send("Target.attachToTarget", { targetId });
    const send = (method: string, params: object = {}): Promise<unknown> => this.#send(sessionId, method, params);
    const run = async <T>(expression: string): Promise<T> => {
      const call = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = (await send("Runtime.evaluate", call)) as {
        readonly result: { readonly value: T };
        readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
      };
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    while (!(await run(isReady).catch(() => false)));
    return { send, run, show: () => this.#session.send("Target.activateTarget", { targetId }) };
  }

  #send(sessionId: string, method: string, params: object): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#replies.set(id, ({ error, result }) => {
        this.#replies.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result);
      });
      const message = JSON.stringify({ id, method, params });
      this.#session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
    });
  }

  /** Closes its tabs. */
  close(): Promise<unknown> {
    return this.#session.send("Target.disposeBrowserContext", { browserContextId: this.#browserContextId });
  }
}
