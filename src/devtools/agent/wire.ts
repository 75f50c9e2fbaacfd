/** JSON, and numbers that it does not know: written as `{ "$number": "Infinity" }`. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === "number" && !Number.isFinite(each) ? { $number: String(each) } : each,
  );
}
