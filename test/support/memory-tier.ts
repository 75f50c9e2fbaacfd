import type { MaybePromise, Stamp, Tier, TierChange, TierMeta, TierRecord } from "macho-cache/persist";

/** A tier that holds copies in a map, says what it was asked, and fails, hangs or answers late when a test says so. */
export class MemoryTier implements Tier {
  readonly name = "memory";
  readonly records: Map<string, TierRecord>;
  /** What it was asked, in order. */
  readonly calls: string[] = [];
  /** Stands before each call: throws, or gives a promise that the call waits for. */
  before: (call: string) => MaybePromise<unknown> = () => undefined;

  /** @param records those of another page, which share them */
  constructor(records: Map<string, TierRecord> = new Map()) {
    this.records = records;
  }

  async get(id: string): Promise<unknown> {
    await this.#begin("get");
    return structuredClone(this.records.get(id));
  }

  async set(id: string, record: TierRecord): Promise<void> {
    await this.#begin("set");
    this.records.set(id, structuredClone(record));
  }

  async delete(id: string): Promise<void> {
    await this.#begin("delete");
    this.records.delete(id);
  }

  async getMany(ids: readonly string[]): Promise<unknown[]> {
    await this.#begin("getMany");
    return ids.map((id) => structuredClone(this.records.get(id)));
  }

  async write(changes: readonly TierChange[]): Promise<string[]> {
    await this.#begin("write");
    const refused: string[] = [];
    for (const { id, record, isMark } of changes) {
      const old = this.records.get(id);
      try {
        if (record) this.records.set(id, structuredClone(record));
        else if (!isMark) this.records.delete(id);
        else if (old) this.records.set(id, { ...old, i: 1 });
      } catch {
        refused.push(id);
      }
    }
    return refused;
  }

  async list(prefix: string): Promise<(readonly [string, TierMeta])[]> {
    await this.#begin("list");
    return [...this.records].filter(([id]) => id.startsWith(prefix));
  }

  async clear(prefix: string, _n: Stamp): Promise<void> {
    await this.#begin("clear");
    for (const id of this.records.keys()) if (id.startsWith(prefix)) this.records.delete(id);
  }

  async #begin(call: string): Promise<void> {
    this.calls.push(call);
    await this.before(call);
  }
}
