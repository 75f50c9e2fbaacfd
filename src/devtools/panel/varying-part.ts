/** The part of a key that is another one in each key. */
export interface VaryingPart {
  /** As the key has it: `traceId`, or its place. */
  readonly name: string;
  /** Keys that were compared. */
  readonly keys: number;
  /** Different keys that are left of them without it. */
  readonly left: number;
}

/** Fewer keys tell nothing. */
const ENOUGH = 20;
/** The share of the keys in which the part is another one, and the share that is left without it, at most. */
const NEARLY_ALL = 0.95;
const FEW = 0.5;

/**
 * What keeps keys from coming back, if it is one part of them: an id of the request, a time, a random number. Of several,
 * that without which the most keys are left.
 * @param labels keys as text: JSON, or words with something between them
 */
export function varyingPart(labels: readonly string[]): VaryingPart | undefined {
  if (labels.length < ENOUGH) return undefined;
  const keys = labels.map(partsOf);
  let found: VaryingPart | undefined;
  // What is in nearly all keys is in the first one, or the first one is the exception.
  for (const name of keys[0]!.keys()) {
    const values = new Set(keys.map((key) => key.get(name)));
    const left = new Set(keys.map((key) => without(key, name))).size;
    if (values.size < NEARLY_ALL * keys.length || left > FEW * keys.length) continue;
    if (!found || left > found.left) found = { name, keys: keys.length, left };
  }
  return found;
}

function without(key: ReadonlyMap<string, string>, name: string): string {
  return JSON.stringify([...key].filter(([other]) => other !== name));
}

/** Each part by its name. */
function partsOf(label: string): Map<string, string> {
  const parts = new Map<string, string>();
  const value = jsonOf(label);
  if (typeof value === "object" && value !== null) addValue(parts, value, "");
  else label.split(/[:/?&|,;\s]+/).forEach((word, index) => addWord(parts, word, index));
  return parts;
}

/** A label that was cut off is no JSON. */
function jsonOf(label: string): unknown {
  try {
    return JSON.parse(label);
  } catch {
    return undefined;
  }
}

function addValue(parts: Map<string, string>, value: unknown, name: string): void {
  if (typeof value !== "object" || value === null) {
    parts.set(name, String(value));
    return;
  }
  for (const [field, each] of Object.entries(value)) {
    const inner = Array.isArray(value) ? placeOf(Number(field)) : field;
    addValue(parts, each, Array.isArray(value) && name !== "" ? `${inner} of ${name}` : inner);
  }
}

/** A word of a text: `page=2` has a name. */
function addWord(parts: Map<string, string>, word: string, index: number): void {
  const [name, ...value] = word.split("=");
  if (value.length > 0) parts.set(name!, value.join("="));
  else parts.set(placeOf(index), word);
}

function placeOf(index: number): string {
  return `part ${index + 1}`;
}
