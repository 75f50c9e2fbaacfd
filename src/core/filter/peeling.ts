import { mix, placeOf } from "../hash.ts";

/** The three places of a key, one in each third, and its fingerprint; another seed makes others. */
export class Places {
  readonly third: number;
  seed = 0;
  /** Of the key that was found last, so that nothing is allocated. */
  a = 0;
  b = 0;
  c = 0;
  print = 0;

  /** @param third how many places a third has */
  constructor(third: number) {
    this.third = third;
  }

  find(first: number, second: number): void {
    const { third } = this;
    const one = mix(first ^ Math.imul(this.seed + 1, 0x9e3779b1));
    const other = mix(second ^ one);
    this.a = placeOf(one, third);
    this.b = third + placeOf(other, third);
    this.c = 2 * third + placeOf(mix(one + Math.imul(other, 0x27d4eb2f)), third);
    this.print = mix(other ^ Math.imul(one, 0x85ebca6b));
  }
}

/**
 * Takes away a key that has a place for itself alone, again and again: algorithm 3 of the paper.
 * @param hashes two numbers a key, no two keys with the same
 * @returns pairs of a key's index and its own place, in the order in which they went; `undefined` if keys are left
 */
export function peeled(hashes: Uint32Array, places: Places): Uint32Array | undefined {
  const degrees = new Uint32Array(3 * places.third);
  /** The keys of a place, xored: where one is left, that one. */
  const owners = new Uint32Array(degrees.length);
  const alone: number[] = [];
  const change = (place: number, key: number, by: 1 | -1): void => {
    degrees[place]! += by;
    owners[place]! ^= key;
    if (by < 0 && degrees[place] === 1) alone.push(place);
  };
  const changeAll = (key: number, by: 1 | -1): void => {
    places.find(hashes[2 * key]!, hashes[2 * key + 1]!);
    change(places.a, key, by);
    change(places.b, key, by);
    change(places.c, key, by);
  };
  for (let key = 0; key < hashes.length / 2; key++) changeAll(key, 1);
  degrees.forEach((degree, place) => {
    if (degree === 1) alone.push(place);
  });
  const order = new Uint32Array(hashes.length);
  let length = 0;
  for (let place = alone.pop(); place !== undefined; place = alone.pop()) {
    if (degrees[place] !== 1) continue;
    const key = owners[place]!;
    order[length++] = key;
    order[length++] = place;
    changeAll(key, -1);
  }
  return length === order.length ? order : undefined;
}
