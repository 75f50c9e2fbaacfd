import { Cache, LruCache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { writeValue } from "../../src/devtools/entry-write.ts";
import { copyWith } from "../../src/devtools/panel/value-copy.ts";
import { flattenTree, ROOT } from "../../src/devtools/panel/value-tree.ts";
import { ManualClock } from "../support/manual-clock.ts";

describe("a copy with another part", () => {
  test("leaves the value alone, and shares what is beside the way", () => {
    const value = Object.freeze({ id: 1, rating: Object.freeze({ imdb: 8.8 }), cast: Object.freeze([{ name: "A" }]) });
    expect(copyWith(value, ["rating", "imdb"], 9)).toEqual({ id: 1, rating: { imdb: 9 }, cast: [{ name: "A" }] });
    const copy = copyWith(value, ["cast", "0", "name"], "B") as typeof value;
    expect([copy.cast, copy.rating]).toEqual([[{ name: "B" }], { imdb: 8.8 }]);
    expect(copy.rating).toBe(value.rating);
    expect([Array.isArray(copy.cast), value.cast[0]!.name, Object.isFrozen(copy)]).toEqual([true, "A", false]);
    expect(copyWith(value, [], 5)).toBe(5);
  });

  test("runs no getter, and keeps what JSON would not", () => {
    const at = new Date(0);
    const value = {
      get now(): never {
        throw new Error("it was run");
      },
      at,
      [Symbol.for("s")]: 1,
      id: 1,
    };
    const copy = copyWith(value, ["id"], 2) as typeof value;
    expect([copy.at, copy[Symbol.for("s")], copy.id]).toEqual([at, 1, 2]);
    expect(Object.getOwnPropertyDescriptor(copy, "now")?.get).toBeTypeOf("function");
  });

  test("writes a property of any name as a property", () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}') as object;
    const copy = copyWith(value, ["__proto__", "a"], 2);
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":2}}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  test("says when the place is not there any more", () => {
    expect(() => copyWith({ a: 1 }, ["b", "c"], 1)).toThrow('the value has another shape by now, without "b".');
  });

  test("is offered for what plain objects and arrays lead to, and not within others", () => {
    const value = {
      list: [1, 2],
      map: new Map([["k", 1]]),
      film: new (class Film {
        id = 1;
      })(),
      [Symbol("s")]: 1,
    };
    const open = new Set([ROOT, "0/0", "0/1", "0/2"]);
    const rows = flattenTree(
      [
        { label: "data", value, isEditable: true },
        { label: "key", value: [1] },
      ],
      open,
    );
    const places = rows.map(({ label, names }) => [label, names?.join(".")]);
    expect(places).toEqual([
      ["data", ""],
      ["list", "list"],
      ["0", "list.0"],
      ["1", "list.1"],
      ["map", "map"],
      ['"k" =>', undefined],
      ["film", "film"],
      ["id", undefined],
      ["[Symbol(s)]", undefined],
      ["key", undefined],
    ]);
  });
});

describe("a value that is written from the panel", () => {
  test.each([
    ["LruCache", (options: object) => new LruCache<string, unknown>(options)],
    ["Cache", (options: object) => new Cache<string, unknown>(options)],
  ] as const)("keeps the time that is left, and the weight, in %s", (_name, make) => {
    const clock = new ManualClock();
    const cache = make({ clock, maxWeight: 10 });
    cache.set("a", 1, { ttl: 1_000, weight: 4 });
    clock.advance(400);
    expect(writeValue(cache, "a", "a", "a", 2)).toBe("Wrote a. It keeps the 600 ms that it had left.");
    expect([cache.peek("a"), cache.remainingTtl("a"), cache.metrics.weight]).toEqual([2, 600, 4]);
    cache.delete("a");
    expect(writeValue(cache, "a", "a", "a", 3)).toBe("a is not there any more.");
    expect(cache.has("a")).toBe(false);
  });

  test("is shown by the hooks of a query, and the object of the app stays as it was", async () => {
    const clock = new ManualClock();
    const client = new QueryClient({ cache: { clock, ttl: 1_000 } });
    const film = { title: "Alien", year: 1979 };
    await client.fetchQuery("film", () => film);
    clock.advance(300);
    const hook = client.observe("film", () => film, { staleTime: Infinity });
    hook.subscribe(() => undefined);
    const { hash } = client.getQueryState("film")!;
    const said = writeValue(client, hash, "film", "film", copyWith(client.getQueryData("film"), ["year"], 1980));
    expect(said).toBe("Wrote film. It keeps the 700 ms that it had left.");
    expect([hook.getResult().data, film.year, client.cache.remainingTtl(hash)]).toEqual([
      { title: "Alien", year: 1980 },
      1979,
      700,
    ]);
    client.dispose();
  });
});
