/** Not the page's own of later: what a test puts in its place keeps its draws. */
const { random } = Math;

/**
 * What the hashes of one cache, or of one filter, start from, so that no set of keys is bad for all of them. Drawn when
 * it is first needed: making a cache draws nothing.
 */
export class Seed {
  #value: number | undefined;

  /** @param value of 32 bits; drawn, when it is not given */
  constructor(value?: number) {
    this.#value = value;
  }

  get value(): number {
    return (this.#value ??= (random() * 2 ** 32) | 0);
  }
}

/** An option of `Cache` for those who replay what another did, and for tests: its seed. It is no name of an option. */
export const SEED: unique symbol = Symbol("seed");

/** The seed that these options give, or one to be drawn. */
export function seedOf(options: object): Seed {
  return new Seed((options as { [SEED]?: number })[SEED]);
}
