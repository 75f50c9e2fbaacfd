/** Parts of a value that are looked at, and how deep. Others are taken to be like those before them. */
const MOST_PARTS = 2_000;
const DEEPEST = 20;
/** Bytes of what has no parts, and of what is not looked at. */
const PLAIN = 8;

/** About how many bytes a value takes in a storage. What a getter or a proxy throws counts as plain. */
export function sizeOf(value: unknown, work: { left: number } = { left: MOST_PARTS }, depth: number = DEEPEST): number {
  if (typeof value === "string") return PLAIN + value.length;
  if (typeof value !== "object" || value === null || depth === 0) return PLAIN;
  try {
    const { byteLength, size } = value as { byteLength?: unknown; size?: unknown };
    const isList = Array.isArray(value) || value instanceof Map || value instanceof Set;
    // Of a buffer or its view, and of a Blob.
    if (!isList && typeof (byteLength ?? size) === "number" && !Object.keys(value).length)
      return Number(byteLength ?? size);
    const parts: readonly unknown[] = Array.isArray(value) ? value : isList ? [...value].flat() : Object.values(value);
    let bytes = 0;
    let looked = 0;
    for (; looked < parts.length && work.left > 0; looked++) {
      work.left--;
      bytes += sizeOf(parts[looked], work, depth - 1);
    }
    const rest = parts.length - looked;
    return PLAIN + bytes + rest * (looked ? bytes / looked : PLAIN) + (isList ? 0 : PLAIN * parts.length);
  } catch {
    return PLAIN;
  }
}
