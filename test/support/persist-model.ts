/** What a key has that was stored for good. */
export interface Kept {
  readonly version: number;
  /** Wall time in ms from which on it may be gone. */
  readonly until: number;
}

/** One key, as whoever uses a persisted cache sees it. */
export class KeyModel {
  /** No older version may be seen on this page, */
  floor = 0;
  /** nor on the next one, if this one ends now. */
  storedFloor = 0;
  /** Versions up to this one were marked stale on this page, */
  staleUpTo = 0;
  /** or for good. */
  storedStaleUpTo = 0;
  /** What it has now; `undefined` for nothing, or where nobody can say. */
  value: Kept | undefined;
  /** What must come back on the next page. */
  kept: Kept | undefined;
}

/** The slow, obvious truth of a persisted scope: versions go up, and never come back once they are gone. */
export class PersistModel {
  readonly keys: ReadonlyMap<string, KeyModel>;
  #versions = 0;

  constructor(names: readonly string[]) {
    this.keys = new Map(names.map((name) => [name, new KeyModel()]));
  }

  key(name: string): KeyModel {
    return this.keys.get(name)!;
  }

  next(): number {
    return ++this.#versions;
  }

  wrote(name: string, version: number, until: number): void {
    const key = this.key(name);
    key.floor = version;
    key.value = { version, until };
    key.kept = undefined;
  }

  /** A version is seen. Returns what is wrong with it. */
  seen(name: string, version: number, isStale: boolean): string | undefined {
    const key = this.key(name);
    if (version < key.floor) return `${name} shows ${version}, and had ${key.floor}`;
    if (version <= key.staleUpTo && !isStale)
      return `${name} shows ${version} as fresh, and ${key.staleUpTo} was stale`;
    key.floor = version;
    return undefined;
  }

  removed(names: readonly string[]): void {
    for (const name of names) {
      const key = this.key(name);
      key.floor = this.#versions + 1;
      key.value = key.kept = undefined;
    }
  }

  invalidated(names: readonly string[]): void {
    for (const name of names) this.key(name).staleUpTo = this.#versions;
  }

  /** Everything that was changed is stored. */
  confirmed(): void {
    for (const key of this.keys.values()) {
      key.storedFloor = key.floor;
      key.storedStaleUpTo = key.staleUpTo;
      key.kept = key.value;
    }
  }

  /** The page is gone. */
  ended(): void {
    for (const key of this.keys.values()) {
      key.floor = key.storedFloor;
      key.staleUpTo = key.storedStaleUpTo;
      key.value = key.kept;
    }
  }

  /** What is stored of some keys, or of all, may be gone. */
  doubted(names: Iterable<string> = this.keys.keys()): void {
    for (const name of names) this.key(name).kept = this.key(name).value = undefined;
  }

  /** A storage that compares nothing made a change late: until all is stored again, anything may be there. */
  upset(): void {
    for (const key of this.keys.values()) key.storedFloor = key.storedStaleUpTo = 0;
    this.doubted();
  }

  passed(wall: number): void {
    for (const key of this.keys.values()) {
      if (key.kept && key.kept.until <= wall) key.kept = undefined;
      if (key.value && key.value.until <= wall) key.value = undefined;
    }
  }
}
