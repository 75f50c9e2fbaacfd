import { count } from "../panel/format.ts";
import { prefixOf } from "../panel/key-prefix.ts";
import { varyingPart } from "../panel/varying-part.ts";
import type { Recording } from "../recording.ts";
import { type DevtoolsTarget, keyLabel } from "../source.ts";
import { keysFrom } from "./entry-places.ts";

/** Keys that are looked at, those of one group that are compared, and characters of each. */
const MAX_LOOKED = 20_000;
const MAX_KEYS = 300;
const MAX_LETTERS = 300;
/** The share of them that nobody has read, at least. */
const UNREAD = 0.95;

/**
 * That keys like this one are never asked for again, and the part of them that is to blame: an id of the request, a time,
 * a random number. Ids of what is shown are another one in each key as well, but such keys are read.
 *
 * @returns in steps, a sentence; `undefined` where that is not so, or not known
 */
export function* unstableWords(
  target: DevtoolsTarget,
  recording: Recording,
  label: string,
): Generator<undefined, string | undefined> {
  const group = prefixOf(label);
  const labels: string[] = [];
  let looked = 0;
  let read = 0;
  for (const place of keysFrom(target, [0, 0])) {
    yield;
    if (!place) continue;
    if (++looked > MAX_LOOKED || labels.length === MAX_KEYS) break;
    const each = keyLabel(place.id);
    const life = recording.lifeOf(place.id);
    // What was there before the record may have been read.
    if (!life || life.writtenAt === undefined || prefixOf(each) !== group) continue;
    labels.push(each.slice(0, MAX_LETTERS));
    if (life.reads > 0) read++;
  }
  const part = varyingPart(labels);
  if (!part || read > (1 - UNREAD) * labels.length) return undefined;
  const left = part.left === 1 ? "1 key" : `${count(part.left)} keys`;
  const unread = read === 0 ? "none was" : `${count(read)} ${read === 1 ? "was" : "were"}`;
  return `Keys like it are unstable: of ${count(part.keys)} that were stored, ${unread} read again, and ${part.name} is another one in each. Leave it out of the key, if the value does not depend on it: ${left} would be left of these.`;
}
