/** Which hashes have which tags. */
export class TagIndex {
  #hashes = new Map<string, Set<string>>();

  get size(): number {
    return this.#hashes.size;
  }

  add(hash: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const hashes = this.#hashes.get(tag);
      if (hashes) hashes.add(hash);
      else this.#hashes.set(tag, new Set([hash]));
    }
  }

  delete(hash: string, tags: readonly string[]): void {
    for (const tag of tags) {
      const hashes = this.#hashes.get(tag);
      if (hashes?.delete(hash) && hashes.size === 0) this.#hashes.delete(tag);
    }
  }

  /** The hashes that have one of the tags at least. */
  find(tags: readonly string[]): string[] {
    return [...new Set(tags.flatMap((tag) => [...(this.#hashes.get(tag) ?? [])]))];
  }
}
