// What a stream goes on after, in each try of a load.
import { streamedQuery } from "macho-cache/query";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { client, clock, enterQueryWorld, inQueryWorld, watch } from "../../support/query-world.ts";

const DELAY = 10;
const WHOLE = "abcdefgh";

/** A server that sends a text from a place on. It sends and breaks when the test says so. */
class TextServer {
  /** Where each request began. */
  readonly from: number[] = [];
  #at = 0;
  #response: ReadableStreamDefaultController<string> | undefined;

  /** The text up to the last character that was sent. */
  get sent(): string {
    return WHOLE.slice(0, this.#at);
  }

  open(from: number): ReadableStream<string> {
    this.from.push(from);
    this.#at = from;
    return new ReadableStream({ start: (response) => void (this.#response = response) });
  }

  async send(length: number): Promise<void> {
    this.#response?.enqueue(WHOLE.slice(this.#at, (this.#at += length)));
    await settled();
  }

  async cut(): Promise<void> {
    this.#response?.error(new Error("The connection is lost."));
    await settled();
  }

  async finish(): Promise<void> {
    await this.send(WHOLE.length);
    this.#response?.close();
    await settled();
  }
}

let server: TextServer;

inQueryWorld();
beforeEach(() => void (server = new TextServer()));

/** Shows the text, and asks for what comes after the part that is there. */
function watchText(retry: number): Watched {
  const fetcher = streamedQuery({
    stream: (_key, { previous = "" }) => server.open((previous as string).length),
    reducer: (text: string, part: string) => text + part,
    initialValue: "",
    refetchMode: "append",
  });
  return watch("text", { retry, retryDelay: DELAY }, fetcher);
}

async function nextTry(): Promise<void> {
  clock.advance(DELAY);
  await settled();
}

test("a first load that broke is tried again from the start, and its text is whole", async () => {
  const text = watchText(1);
  await settled();
  await server.send(3);
  await server.cut();
  expect(text.data).toBe("abc");
  await nextTry();
  expect(text.data).toBe("abc");
  await server.finish();
  expect([text.data, server.from]).toEqual([WHOLE, [0, 0]]);
});

test("a load that went on after a text goes on after that same text in each of its tries", async () => {
  client.setQueryData("text", "ab");
  const text = watchText(2);
  await settled();
  await server.send(3);
  await server.cut();
  expect(text.data).toBe("abcde");
  await nextTry();
  await server.send(1);
  await server.cut();
  await nextTry();
  await server.finish();
  expect([text.data, server.from]).toEqual([WHOLE, [2, 2, 2]]);
});

test("a load after the last try failed goes on after the parts that are shown", async () => {
  const text = watchText(1);
  await settled();
  await server.send(3);
  await server.cut();
  await nextTry();
  await server.send(2);
  await server.cut();
  expect(text.data).toBe("ab");
  expect(client.getQueryState("text")).toMatchObject({ error: new Error("The connection is lost."), data: "ab" });
  void text.observer.refetch();
  await settled();
  await server.finish();
  expect([text.data, server.from]).toEqual([WHOLE, [0, 0, 2]]);
});

test.each(["reset", "append", "replace"] as const)(
  "each try of a load is given the data before it: %s",
  async (refetchMode) => {
    const given: unknown[] = [];
    const fetcher = streamedQuery({
      stream: (_key, { previous }) => (given.push(previous), server.open(0)),
      refetchMode,
    });
    client.setQueryData("text", ["old"]);
    const text = watch("text", { retry: 1, retryDelay: DELAY }, fetcher);
    await settled();
    await server.send(3);
    await server.cut();
    await nextTry();
    await server.finish();
    expect(given).toEqual([["old"], ["old"]]);
    expect(text.data).toEqual(refetchMode === "append" ? ["old", WHOLE] : [WHOLE]);
  },
);

test("data that is set before the next try is what the load after it goes on after", async () => {
  const text = watchText(1);
  await settled();
  await server.send(3);
  await server.cut();
  client.setQueryData("text", "abcd");
  await nextTry();
  void text.observer.refetch();
  await settled();
  await server.finish();
  expect([text.data, server.from]).toEqual([WHOLE, [0, 4]]);
});

test("a text that goes on is what the server has sent, after each part and wherever its tries break", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }), { maxLength: 4 }),
      async (tries) => {
        enterQueryWorld();
        server = new TextServer();
        const text = watchText(1);
        await settled();
        for (const parts of tries) {
          for (const part of parts) {
            // oxlint-disable-next-line no-await-in-loop
            await server.send(part);
            expect(text.data).toBe(server.sent);
          }
          // oxlint-disable-next-line no-await-in-loop
          await server.cut();
          // oxlint-disable-next-line no-await-in-loop
          await nextTry();
          if (client.getQueryState("text")?.fetchStatus === "idle") void text.observer.refetch();
          // oxlint-disable-next-line no-await-in-loop
          await settled();
        }
        await server.finish();
        expect(text.data).toBe(WHOLE);
      },
    ),
    { numRuns: 50 },
  );
});
