import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Channel } from "../../src/connection/channel.ts";
import type { Discovery } from "../../src/connection/discovery.ts";
import { type Place, Realm } from "../../src/connection/realm.ts";
import { chosen, type Choice } from "../../src/connection/running-cache.ts";
import { CommandError } from "../../src/exit.ts";

const PLACE: Place = { kind: "page", title: "Films", url: "http://films/", port: 9222, id: "1" };

/** A page that says what the test wants it to say. */
function pageOf(registry: unknown, answer: unknown = "", asked: string[] = []): Channel {
  return {
    listen: () => () => undefined,
    send: async (_method, params) => {
      const { functionDeclaration: code, arguments: given } = params as Call;
      if (code.includes("registry.names()")) return { result: { value: registry } };
      asked.push(given[0]!.value);
      return { result: { value: answer } };
    },
  };
}

interface Call {
  readonly functionDeclaration: string;
  readonly arguments: readonly { readonly value: string }[];
}

const realmOf = async (channel: Channel, place = PLACE): Promise<Realm> =>
  (await Realm.find(place, channel, 1, 1_000))!;
const REGISTRY = { version: 1, names: ["films"] };

/** The error of a promise that fails. */
async function failure(promise: Promise<unknown>): Promise<CommandError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandError)) throw new Error(`No sentence for the user: ${String(error)}`);
  return error;
}

describe("a page that answers what nobody expects", () => {
  test("has names that are none", async () => {
    for (const names of [5, null, [1], { length: 1 }]) {
      const { exit, message } = await failure(realmOf(pageOf({ version: 1, names })));
      expect([exit, message]).toEqual([4, expect.stringContaining("cannot be understood")]);
    }
  });

  test("is told in a sentence, without its control characters", async () => {
    const answers = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.constant("\u001B]0;title\u0007{"));
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        const realm = await realmOf(pageOf(REGISTRY, answer));
        const { exit, message } = await failure(realm.ask("films", "summary", {}));
        expect(exit).toBe(4);
        expect(message).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  test("may have an error that this command does not know", async () => {
    const realm = await realmOf(pageOf(REGISTRY, `{"error":{"code":"later"}}`));
    expect((await failure(realm.ask("films", "summary", {}))).exit).toBe(4);
  });

  test("says that a service worker cannot load the code", async () => {
    const error = { code: "no-code", message: "import() is disallowed on ServiceWorkerGlobalScope" };
    const realm = await realmOf(pageOf(REGISTRY, JSON.stringify({ error })));
    expect((await failure(realm.ask("films", "summary", {}))).message).toContain("bundle it as one file");
  });
});

test("what is sent is data: a property of that name is one", async () => {
  const asked: string[] = [];
  const realm = await realmOf(pageOf(REGISTRY, `{"answer":{}}`, asked));
  const value = JSON.parse(`{"__proto__":{"a":1}}`) as object;
  await realm.ask("films", "change", { change: { change: "set", key: { key: "a" }, value } });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain(`"value":{"__proto__":{"a":1}}`);
});

describe("the cache that is meant", () => {
  const CHOICE: Choice = { host: "127.0.0.1", ports: [9222], target: "", timeout: 1_000, cache: "films" };

  async function found(
    places: readonly Partial<Place>[],
    names: readonly string[],
    failures: string[] = [],
  ): Promise<Discovery> {
    const all = places.map((place) => ({ ...PLACE, ...place }));
    const realms = await Promise.all(all.map((place) => realmOf(pageOf({ version: 1, names }), place)));
    return {
      places: all,
      realms,
      silentPorts: [],
      failures,
      close: async () => undefined,
      closeAllBut: () => undefined,
    };
  }
  const said = async (discovery: Discovery, choice: Partial<Choice> = {}): Promise<string> => {
    try {
      return chosen(discovery, { ...CHOICE, ...choice }).name;
    } catch (error) {
      return (error as CommandError).message;
    }
  };

  test("can be named as it is shown", async () => {
    const name = "red\u001B[31m\u202E";
    const discovery = await found([{}], [name, "other"]);
    expect(await said(discovery, { cache: name })).toBe(name);
    expect(await said(discovery, { cache: "red\\x1b[31m\\u202e" })).toBe(name);
  });

  test("is told from those of the same name by title, address or id, and no other is named", async () => {
    const url = "http://b/";
    const titles = await found([{ id: "1" }, { id: "2", title: "Books" }], ["films", "api"]);
    expect(await said(titles)).toBe(
      "There are 2 caches: films (Films), films (Books). Name one by --cache, or its page by --target.",
    );
    expect(await said(await found([{ id: "1" }, { id: "2", url }], ["films"]))).toContain(
      "films (http://films/), films (http://b/).",
    );
    expect(await said(await found([{ id: "1" }, { id: "2" }], ["films"]))).toContain("films (id 1), films (id 2).");
    expect(await said(await found([{}], ["films", "api"]), { cache: "" })).toContain("Name one by --cache.");
  });

  test("may be in a page that could not be asked", async () => {
    const hung = ["Books: No answer within 5 s."];
    expect(await said(await found([{}], ["films"], hung), { cache: "books" })).toBe(
      "There is no cache books. There are: films (Films). Could not be asked: Books: No answer within 5 s.",
    );
    expect(await said(await found([], [], hung))).toBe("No cache was found. Books: No answer within 5 s.");
  });
});
