/** How much of one value is looked at: parts, levels, and characters of each text. */
const MAX_PARTS = 200;
const MAX_LEVELS = 5;
const MAX_TEXT = 10_000;

/**
 * The texts that are not in a value: in its strings, numbers and names of properties, in any case. Runs no getter and no
 * iterator of the user's own; of a large value the beginning is looked at.
 * @param texts in lower case
 */
export function missingTexts(value: unknown, texts: readonly string[]): readonly string[] {
  let missing = texts;
  const look = (text: string): void => {
    const shown = text.slice(0, MAX_TEXT).toLowerCase();
    missing = missing.filter((each) => !shown.includes(each));
  };
  const queue = [{ part: value, level: 0 }];
  for (const { part, level } of queue) {
    if (missing.length === 0) break;
    if (typeof part !== "object" || part === null) {
      if (typeof part !== "function" && typeof part !== "symbol") look(String(part));
      continue;
    }
    if (level === MAX_LEVELS) continue;
    const room = MAX_PARTS - queue.length;
    for (const [name, inside] of partsOf(part, room)) {
      if (name !== "") look(name);
      queue.push({ part: inside, level: level + 1 });
    }
  }
  return missing;
}

/** The first few things inside, with their names where they have any. */
function partsOf(owner: object, most: number): [name: string, part: unknown][] {
  try {
    return read(owner, Math.max(0, most));
  } catch {
    // A proxy that refuses, or a faked Map.
    return [];
  }
}

function read(owner: object, most: number): [string, unknown][] {
  if (owner instanceof Date) return [["", Number.isNaN(owner.getTime()) ? "" : owner.toISOString()]];
  if (ArrayBuffer.isView(owner)) return [];
  if (owner instanceof Map) return first(Map.prototype.entries.call(owner), most).flatMap(inPair);
  if (owner instanceof Set) return first(Set.prototype.values.call(owner), most).map((each) => ["", each]);
  if (Array.isArray(owner)) {
    return Array.from({ length: Math.min(owner.length, most) }, (_, index) => ["", ownValue(owner, index)]);
  }
  const names = Object.getOwnPropertyNames(owner).slice(0, most);
  return names.map((name) => [name, ownValue(owner, name)]);
}

function inPair([key, value]: [unknown, unknown]): [string, unknown][] {
  return [
    ["", key],
    ["", value],
  ];
}

function first<T>(all: Iterable<T>, most: number): T[] {
  const found: T[] = [];
  for (const each of all) {
    if (found.length >= most) break;
    found.push(each);
  }
  return found;
}

/** What a getter would give is not known, and a hole is nothing. */
function ownValue(owner: object, name: PropertyKey): unknown {
  const found = Object.getOwnPropertyDescriptor(owner, name);
  return found && "value" in found ? found.value : "";
}
