/** Dots of a sign, by row and column: U+2800 has none. */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;
const BLANK = 0x2800;
const WIDE = 2;
const HIGH = 4;

/** Lines in signs of two by four dots each. A sign that several lines cross is the last one's. */
export class BrailleCanvas {
  readonly columns: number;
  readonly rows: number;
  #dots: Uint8Array;
  #owners: Int16Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#dots = new Uint8Array(columns * rows);
    this.#owners = new Int16Array(columns * rows).fill(-1);
  }

  /** A straight line between two places, each from 0 to 1, from the left and from the bottom. */
  line(owner: number, from: readonly [number, number], to: readonly [number, number]): void {
    const [fromX, fromY] = this.#place(from);
    const [toX, toY] = this.#place(to);
    const steps = Math.max(1, Math.abs(toX - fromX), Math.abs(toY - fromY));
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      this.#dot(owner, Math.round(fromX + (toX - fromX) * share), Math.round(fromY + (toY - fromY) * share));
    }
  }

  /** The rows from the top. @param paint gives a run of signs the look of its line; -1 for where there is none */
  draw(paint: (owner: number, signs: string) => string): readonly string[] {
    return Array.from({ length: this.rows }, (_, row) => {
      let text = "";
      for (let column = 0; column < this.columns; column++) {
        const at = row * this.columns + column;
        text += paint(this.#owners[at]!, String.fromCharCode(BLANK + this.#dots[at]!));
      }
      return text;
    });
  }

  #place([x, y]: readonly [number, number]): [number, number] {
    return [Math.round(x * (this.columns * WIDE - 1)), Math.round((1 - y) * (this.rows * HIGH - 1))];
  }

  #dot(owner: number, x: number, y: number): void {
    const at = Math.floor(y / HIGH) * this.columns + Math.floor(x / WIDE);
    this.#dots[at]! |= DOTS[(y % HIGH) as 0 | 1 | 2 | 3][(x % WIDE) as 0 | 1];
    this.#owners[at] = owner;
  }
}
