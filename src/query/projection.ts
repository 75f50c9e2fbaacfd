import { shareStructure } from "./sharing.ts";

type Select = (data: unknown) => unknown;

/**
 * What one hook's `select` makes of the data: called again only for other data or another function. A throw keeps the
 * last good output beside the error.
 */
export class Projection {
  output: unknown;
  error: unknown;
  isFailed = false;
  #select: Select | undefined;
  #input: unknown;

  apply(select: Select, input: unknown, sharing: unknown): void {
    if (select === this.#select && Object.is(input, this.#input)) return;
    this.#select = select;
    this.#input = input;
    try {
      const output = select(input);
      this.output = sharing === true && this.output !== undefined ? shareStructure(this.output, output) : output;
      this.isFailed = false;
      this.error = undefined;
    } catch (error) {
      this.isFailed = true;
      this.error = error;
    }
  }
}
