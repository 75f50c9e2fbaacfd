import fc from "fast-check";
import { expect, test } from "vitest";
import { cutOf } from "../../src/devtools/panel/key-text.ts";

const cut = (label: string, ...neighbours: (string | undefined)[]): [string, string] => {
  const at = cutOf(label, neighbours);
  return [label.slice(0, at), label.slice(at)];
};

test("cuts what a key shares with a neighbour, and keeps whole what tells it apart", () => {
  expect(cut("https://a.example/films/17?all", "https://a.example/films/18?all")).toEqual([
    "https://a.example/films/",
    "17?all",
  ]);
  expect(cut("product:1000", undefined, "product:1001")).toEqual(["product:", "1000"]);
  expect(cut('["films",{"page":3}]', '["films",{"page":4}]')).toEqual(['["films",{"page":', "3}]"]);
});

test("takes the neighbour that shares more", () => {
  expect(cut("/api/films/3/cast", "/other/part", "/api/films/3/crew")).toEqual(["/api/films/3/", "cast"]);
});

test("leaves a short key whole, and keeps the end of a long one without neighbours", () => {
  expect(cut("user:1", "user:2")).toEqual(["", "user:1"]);
  expect(cut("a".repeat(100), undefined)[1]).toBe("a".repeat(24));
});

test("always keeps something, and never a part of a shared word", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (label, other) => {
      const [head, rest] = cut(label, other);
      expect(head + rest).toBe(label);
      if (label !== "") expect(rest).not.toBe("");
    }),
  );
});
