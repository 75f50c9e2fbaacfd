import fc from "fast-check";
import { MachoError, MachoOptionError } from "macho-cache";
import { dehydrate, hydrate, hydrateScripts, QueryClient, readText, toScript, toText } from "macho-cache/query";
import { describe, expect, test } from "vitest";

/** What a parser of HTML takes for the element: attributes without quotes, angles and ampersands, and raw text. */
const ELEMENT = /^<script type="application\/json" data-macho="([^"<>]*)"(?: nonce="([^"<>]*)")?>([^<>&]*)<\/script>$/;

const TEXTS = ["</script>", '"><script>', "<!--<script>", "' onload=x '", "&quot;", "\u2028"];

function knowing(key: readonly unknown[], data: unknown): QueryClient {
  const client = new QueryClient();
  client.setQueryData(key, data);
  return client;
}

describe("toScript", () => {
  test("gives one inert element, whatever is in data, keys, tags, name and nonce", () => {
    const hostile = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...TEXTS));
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (inData, inKey, name, nonce) => {
        const client = new QueryClient();
        client.setQueryData([inKey, { [inKey]: inData }], { [inData]: inKey }, { tags: [inData] });
        const state = dehydrate(client);
        const [, , , text = ""] = ELEMENT.exec(toScript(state, { name, nonce })) ?? [];
        expect(readText(text)).toEqual(state);
      }),
    );
  });

  test("writes name and nonce as attributes", () => {
    const [, name, nonce] = ELEMENT.exec(toScript(dehydrate(new QueryClient()), { name: 'a"b', nonce: "c&d=" })) ?? [];
    expect([name, nonce]).toEqual(["a&quot;b", "c&amp;d="]);
    expect(toScript(dehydrate(new QueryClient()))).not.toContain("nonce");
  });

  test("carries what JSON loses to another client", () => {
    const data = { on: new Date(7), by: new Map([["id", 7n]]), none: undefined, worst: -Infinity };
    const [, , , text = ""] = ELEMENT.exec(toScript(dehydrate(knowing(["film", new Date(1)], data)))) ?? [];
    const other = new QueryClient();
    hydrate(other, readText(text));
    expect(other.getQueryData(["film", new Date(1)])).toStrictEqual(data);
  });

  test("says where in the state something cannot be sent", () => {
    const state = dehydrate(knowing(["film", 1], { play: () => 1 }));
    expect(() => toScript(state)).toThrow("got a function at state.queries[0].data.play");
    expect(() => toScript(state)).toThrow(MachoError);
  });

  test("says that a promise cannot be sent by text", () => {
    const client = new QueryClient();
    void client.prefetchQuery(["film", 1], () => new Promise(() => undefined));
    expect(() => toScript(dehydrate(client, { pending: true }))).toThrow("got a promise at state.queries[0].promise");
    client.dispose();
  });

  test.each([{ name: 1 }, { nonce: 1 }, { nonce: null }, { id: "a" }])("refuses the options %j", (options) => {
    expect(() => toScript(dehydrate(new QueryClient()), options as object)).toThrow(MachoOptionError);
  });
});

describe("a state that a text carries", () => {
  const query = { data: 1, dataUpdatedAt: 1, age: 1, ttl: null, staleTime: null, isInvalidated: false, tags: [] };
  const times = [NaN, Infinity, -1, "1", undefined];
  const stateOf = (of: object, inSecond: object): unknown => {
    const queries = [
      { ...query, key: "a" },
      { ...query, key: "b", ...inSecond },
    ];
    return readText(toText({ version: 1, at: 0, queries, ...of }));
  };

  test("is taken as a whole", () => {
    const client = new QueryClient();
    hydrate(client, stateOf({}, {}));
    expect(client.getQueries()).toHaveLength(2);
  });

  test.each([
    ...["dataUpdatedAt", "age", "ttl", "staleTime"].flatMap((name) => times.map((time) => [name, time] as const)),
    ["isInvalidated", 1],
    ["tags", new Set(["a"])],
    ["key", new Date(0)],
  ] as const)("is refused as a whole where its second query has %s: %s", (name, bad) => {
    const client = new QueryClient();
    expect(() => hydrate(client, stateOf({}, { [name]: bad }))).toThrow(MachoError);
    expect(client.getQueries()).toEqual([]);
  });

  test.each(times)("is refused where it is of %s", (at) => {
    const client = new QueryClient();
    expect(() => hydrate(client, stateOf({ at }, {}))).toThrow(expect.objectContaining({ code: "invalid-dump" }));
    expect(client.getQueries()).toEqual([]);
  });
});

describe("hydrateScripts", () => {
  test("does nothing where there is no page", () => {
    const client = new QueryClient();
    hydrateScripts(client);
    expect(client.getQueries()).toEqual([]);
  });

  test.each([{ name: 1 }, { id: "a" }])("refuses the options %j", (options) => {
    expect(() => hydrateScripts(new QueryClient(), options as object)).toThrow(MachoOptionError);
  });
});
