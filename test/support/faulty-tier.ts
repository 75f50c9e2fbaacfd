import type { MaybePromise, Stamp, Tier, TierChange, TierMeta, TierRecord } from "macho-cache/persist";

/** What a call of a tier meets. */
export const FAULTS = [
  "throws",
  "rejects",
  "never",
  "late",
  "lateFailure",
  "madeButFails",
  "full",
  "wrong",
  "damaged",
  "text",
  "future",
  "proto",
  "null",
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a storage holds, beyond pages. */
export class Disk {
  /** What was written last under each id: `record` is missing where it was removed. */
  readonly rows = new Map<string, { readonly n: Stamp; readonly record?: TierRecord }>();
  /** When all under a prefix was removed last. */
  readonly clears = new Map<string, Stamp>();

  get records(): [string, TierRecord][] {
    return [...this.rows].flatMap(([id, { record }]) => (record ? [[id, record] as [string, TierRecord]] : []));
  }
}

const isLater = ([at, writer]: Stamp, [other, name]: Stamp): boolean => (at === other ? writer > name : at > other);
const quota = (): Error => Object.assign(new Error("no room"), { name: "QuotaExceededError" });

/** A tier of one page over a disk, slow and obvious, whose calls fail when a test says so. */
export class FaultyTier implements Tier {
  readonly name = "faulty";
  readonly disk: Disk;
  readonly calls: string[] = [];
  /** Which fault the next call meets; none at first. */
  fault: (call: string, ids: readonly string[]) => Fault | undefined = () => undefined;
  /** Calls that wait to be made, or never are. */
  readonly held: (() => void)[] = [];
  declare getMany?: NonNullable<Tier["getMany"]>;
  declare write?: NonNullable<Tier["write"]>;
  declare clear?: NonNullable<Tier["clear"]>;

  /** @param isPlain whether it has only the methods that the simplest storages have, and compares nothing */
  constructor(disk: Disk, isPlain = false) {
    this.disk = disk;
    if (isPlain) return;
    this.getMany = (ids) => this.#call("getMany", ids, (fault) => ids.map((id) => this.#read(id, fault)));
    this.write = (changes) =>
      this.#call(
        "write",
        changes.map(({ id }) => id),
        () => {
          for (const change of changes) this.#change(change);
          return [];
        },
      );
    this.clear = (prefix, n) =>
      this.#call("clear", [prefix], () => {
        const before = disk.clears.get(prefix);
        if (before && isLater(before, n)) return;
        disk.clears.set(prefix, n);
        for (const [id, row] of disk.rows) if (id.startsWith(prefix) && isLater(n, row.n)) disk.rows.delete(id);
      });
  }

  get(id: string): MaybePromise<unknown> {
    return this.#call("get", [id], (fault) => this.#read(id, fault));
  }

  set(id: string, record: TierRecord): MaybePromise<unknown> {
    return this.#call("set", [id], () => void this.disk.rows.set(id, { n: record.n, record: structuredClone(record) }));
  }

  delete(id: string): MaybePromise<unknown> {
    return this.#call("delete", [id], () => void this.disk.rows.delete(id));
  }

  list(prefix: string): MaybePromise<[string, TierMeta][]> {
    return this.#call("list", [prefix], () => {
      const clears = [...this.disk.clears].map(([id, n]) => [id, { n }] as const);
      return [...this.disk.rows, ...clears]
        .filter(([id]) => id.startsWith(prefix))
        .map(([id, row]) => {
          const { n, record } = row as { readonly n: Stamp; readonly record?: TierRecord };
          if (!record) return [id, { n, x: 0, z: 0, b: "" }];
          const { v: _v, k: _k, d: _d, t: _t, s: _s, ...meta } = record;
          return [id, meta];
        });
    });
  }

  /** The page is gone: what waits is made, or is not. */
  crash(isMade: () => boolean): void {
    for (const make of this.held.splice(0)) if (isMade()) make();
  }

  #change({ id, n, record, isMark }: TierChange): void {
    const { rows, clears } = this.disk;
    const row = rows.get(id);
    if ([...clears].some(([prefix, at]) => id.startsWith(prefix) && isLater(at, n))) return;
    if (isMark) {
      if (row?.record && isLater(n, row.n)) rows.set(id, { n: row.n, record: { ...row.record, i: 1 } });
      return;
    }
    if (row && isLater(row.n, n)) return;
    rows.set(id, { n, ...(record && { record: structuredClone(record) }) });
  }

  #read(id: string, fault: Fault | undefined): unknown {
    const found = structuredClone(this.disk.rows.get(id)?.record);
    const other = this.disk.records.find(([each]) => each !== id)?.[1];
    if (fault === "wrong") return structuredClone(other ?? found);
    if (!found || !fault) return found;
    if (fault === "damaged") return { ...found, n: undefined };
    if (fault === "text") return JSON.stringify(found).slice(0, -5);
    if (fault === "future") return { ...found, v: 2, d: undefined };
    if (fault === "proto") return JSON.parse(`{"__proto__":{"v":1,"d":{"v":1e9}},"v":1}`);
    return fault === "null" ? null : found;
  }

  #call<T>(call: string, ids: readonly string[], run: (fault: Fault | undefined) => T): MaybePromise<T> {
    this.calls.push(call);
    const fault = this.fault(call, ids);
    if (fault === "throws") throw new Error("thrown");
    if (fault === "rejects") return Promise.reject(new Error("rejected"));
    if (fault === "full" && ["write", "set"].includes(call)) return Promise.reject(quota());
    if (fault === "madeButFails") {
      run(undefined);
      return Promise.reject(new Error("made, and failed"));
    }
    if (fault !== "never" && fault !== "late" && fault !== "lateFailure") return Promise.resolve(run(fault));
    return new Promise((resolve, reject) => {
      if (fault === "never") return;
      this.held.push(() => (fault === "late" ? resolve(run(undefined)) : reject(new Error("late"))));
    });
  }
}
