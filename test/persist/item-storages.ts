/** A Web Storage, with room for so many characters. */
export class WebStorage implements Storage {
  [name: string]: unknown;
  readonly #items = new Map<string, string>();
  readonly #room: () => number;

  constructor(room: () => number = () => Infinity) {
    this.#room = room;
  }

  get length(): number {
    return this.#items.size;
  }

  key(at: number): string | null {
    return [...this.#items.keys()][at] ?? null;
  }

  getItem(name: string): string | null {
    return this.#items.get(name) ?? null;
  }

  setItem(name: string, text: string): void {
    let size = name.length + text.length - (this.#items.get(name)?.length ?? -name.length);
    for (const [each, item] of this.#items) size += each.length + item.length;
    if (size > this.#room()) throw new DOMException("No room.", "QuotaExceededError");
    this.#items.set(name, text);
  }

  removeItem(name: string): void {
    this.#items.delete(name);
  }

  clear(): void {
    throw new Error("Everything would go, also what is not ours.");
  }
}

/** As on a phone: with promises, and a callback as the last argument. */
export class AsyncItems {
  readonly items: Map<string, string> = new Map();

  async getItem(name: string, done?: (error: null, text: string | null) => void): Promise<string | null> {
    const text = this.items.get(name) ?? null;
    done?.(null, text);
    return text;
  }

  async setItem(name: string, text: string, done?: (error: null) => void): Promise<void> {
    this.items.set(name, text);
    done?.(null);
  }

  async removeItem(name: string, done?: (error: null) => void): Promise<void> {
    this.items.delete(name);
    done?.(null);
  }

  async getAllKeys(): Promise<readonly string[]> {
    return [...this.items.keys()];
  }

  async clear(): Promise<void> {
    throw new Error("Everything would go, also what is not ours.");
  }
}
