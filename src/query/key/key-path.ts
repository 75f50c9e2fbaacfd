import { MachoError } from "../../core/index.ts";

/** Nesting beyond this is an error; it is far from the depth at which the stack ends. */
const DEEPEST = 200;
const LONGEST_PATH = 120;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** An index, the name of a property, or the call that leads to an entry of a Map or Set. */
export type Step = string | number;

/**
 * An object that is being written, and the step to it from the outer one. The chain finds cycles, counts the levels,
 * and becomes a path only when there is something to complain about.
 */
export interface Frame {
  readonly object: object;
  readonly step: Step;
  readonly outer: Frame | undefined;
  readonly depth: number;
}

/** The frame of an object whose parts come next. */
export function enter(object: object, outer: Frame | undefined, step: Step): Frame {
  for (let frame = outer; frame; frame = frame.outer) {
    if (frame.object === object) reject("a cycle", "Refer to it by a value of its own, such as an id", outer, step);
  }
  const depth = outer ? outer.depth + 1 : 1;
  if (depth > DEEPEST) {
    reject(`more than ${DEEPEST} levels`, "Put only what identifies the data there", outer, step);
  }
  return { object, step, outer, depth };
}

export function rejectInstance(outer: Frame | undefined, step: Step): never {
  return reject("an instance of a class", "Put the plain values there that tell it from others", outer, step);
}

/** @param remedy a sentence without its full stop */
export function reject(got: string, remedy: string, outer: Frame | undefined, step: Step): never {
  const path = pathTo(outer, step);
  const place = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
  throw new MachoError("invalid-key", `A query key holds plain values only, got ${got} at ${place}. ${remedy}.`);
}

function pathTo(outer: Frame | undefined, step: Step): string {
  if (!outer) return "key";
  return pathTo(outer.outer, outer.step) + stepText(outer.object, step);
}

/** How a part of an object is written in a path. */
export function stepText(object: object, step: Step): string {
  if (typeof step === "number") return `[${step}]`;
  if (object instanceof Map || object instanceof Set) return step;
  return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
