/** A class in the place of the page's `EventSource`, as far as the explorer uses it: messages, and an end. */
export function eventSourceOver(ask: (request: Request) => Promise<Response>): typeof EventSource {
  class PageEventSource extends EventTarget {
    readonly #left = new AbortController();

    constructor(url: string) {
      super();
      void this.#read(new Request(url, { signal: this.#left.signal }));
    }

    close(): void {
      this.#left.abort();
    }

    async #read(request: Request): Promise<void> {
      const { signal } = this.#left;
      try {
        const { body } = await ask(request);
        await body?.pipeThrough(new TextDecoderStream()).pipeTo(this.#messages(), { signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }

    /** Takes text, and tells of each message that is complete. */
    #messages(): WritableStream<string> {
      let text = "";
      return new WritableStream({
        write: (part) => {
          const messages = (text + part).split("\n\n");
          text = messages.pop() ?? "";
          for (const message of messages) {
            this.dispatchEvent(new MessageEvent("message", { data: message.replace(/^data: /, "") }));
          }
        },
      });
    }
  }
  // The explorer asks for no more of it.
  return PageEventSource as unknown as typeof EventSource;
}
