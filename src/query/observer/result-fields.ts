import type { QueryResult } from "./result.ts";

/** A name of something in a result. */
export type ResultField = keyof QueryResult<unknown>;

/** The fields that were ever read, by any hook of a query or mutation: each has the bit of its place. */
const read: string[] = [];

/** The bit of a field; all bits where there are too many names. */
export function bitOf(field: string): number {
  const known = read.indexOf(field);
  const place = known < 0 && read.length < 32 ? read.push(field) - 1 : known;
  return place < 0 ? -1 : 1 << place;
}

/** Whether two results differ in one of these fields; in any, if there are none or too many. */
export function differ<R extends object>(one: R, other: R, fields: number): boolean {
  if (one === other) return false;
  if (fields === 0 || fields === -1) return !isSame(one, other);
  for (let place = 0, left = fields; left !== 0; place++, left >>>= 1) {
    if ((left & 1) !== 0 && !Object.is(one[read[place] as keyof R], other[read[place] as keyof R])) return true;
  }
  return false;
}

/** Whether two objects have the same in each of their names. */
export function isSame(one: object | undefined, other: object | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  let count = 0;
  for (const name in one) {
    if (!Object.is(one[name as never], other[name as never])) return false;
    count++;
  }
  for (const _ in other) count--;
  return count === 0;
}
