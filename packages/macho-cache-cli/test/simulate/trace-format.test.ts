import { expect, test } from "vitest";
import { formatOf } from "../../src/simulate/trace-format.ts";

const LIBCACHESIM = { delimiter: ",", hasHeader: false, time: 1, key: 2, size: 3, msPerUnit: 1_000 };

test.each([
  ["a key a line", "films/1\nfilms/2\n", { kind: "keys" }],
  ["keys with commas", "a,b\nc,d\n", { kind: "keys" }],
  ["keys that begin with a brace", '{"id":1}\n', { kind: "keys" }],
  ["a record", '{"version":1,"readAt":5}', { kind: "record" }],
  ["a record with blanks", '{\n  "version": 1}', { kind: "record" }],
  ["libCacheSim's columns without names", "1,films/1,20\n", { kind: "csv", columns: LIBCACHESIM }],
  [
    "names in another order",
    'obj_id;"obj_size";time\n1;2;3',
    { kind: "csv", columns: { delimiter: ";", hasHeader: true, time: 3, key: 1, size: 2, msPerUnit: 1_000 } },
  ],
  [
    "names and tabs, without sizes",
    "Timestamp\tkey\n",
    { kind: "csv", columns: { delimiter: "\t", hasHeader: true, time: 1, key: 2, size: 0, msPerUnit: 1_000 } },
  ],
])("tells %s", (_, head, expected) => {
  expect(formatOf(head, {})).toEqual(expected);
});

test("believes what is said of it", () => {
  expect(formatOf("1,2,3\n", { format: "keys" })).toEqual({ kind: "keys" });
  expect(formatOf("1 2\n", { csv: "obj-id-col=1, obj-size-col=2, delimiter=space" })).toEqual({
    kind: "csv",
    columns: { delimiter: " ", hasHeader: false, time: 0, key: 1, size: 2, msPerUnit: 1_000 },
  });
  expect(formatOf("t,k\n", { csv: "time-col=1,obj-id-col=2,delimiter=,,has-header=true,time-unit=ms" })).toEqual({
    kind: "csv",
    columns: { delimiter: ",", hasHeader: true, time: 1, key: 2, size: 0, msPerUnit: 1 },
  });
  // A line of names is none of the requests, whatever the names are.
  expect(formatOf("when,lba,len\n", { csv: "time-col=1,obj-id-col=2" })).toMatchObject({
    columns: { hasHeader: true },
  });
  expect(formatOf("5,lba,len\n", { csv: "time-col=1,obj-id-col=2" })).toMatchObject({ columns: { hasHeader: false } });
  // The key is where the names say, where nothing else does.
  expect(formatOf("id,when\n", { csv: "time-col=2" })).toMatchObject({ columns: { key: 1, time: 2, hasHeader: true } });
});

test.each([
  [{ csv: "op-col=4" }, "--csv does not know op-col. It knows time-col, obj-id-col"],
  [{ csv: "nonsense" }, '--csv needs parameters such as "time-col=1,obj-id-col=2", got nonsense.'],
  [{ csv: "time-col=1" }, '--csv must say where the key is: "obj-id-col=2".'],
  [{ csv: "obj-id-col=0" }, "obj-id-col is the number of a column, counted from 1, got 0."],
  [{ csv: "obj-id-col=1,delimiter=ab" }, "delimiter is one sign such as ; or |, or tab, space or comma, got ab."],
  [{ csv: "obj-id-col=1,has-header=maybe" }, "has-header is true or false, got maybe."],
  [{ csv: "obj-id-col=1,time-unit=h" }, "time-unit is one of ms, s, us, got h."],
  [{ csv: "obj-id-col=1", format: "keys" as const }, "--csv is for a csv, and --format says keys."],
  [{ format: "csv" as const }, "The first line does not tell which column is the key."],
])("says what is wrong with %j", (choice, message) => {
  expect(() => formatOf("one\ntwo\n", choice)).toThrow(message);
});
