/** Ends a part of a key that its neighbours may share: a path, a host, a field. */
const SEPARATOR = /[/:?&#=,;.|_\-\s"'[\]{}()]/;

/** A beginning that is shorter than this is not worth to be cut. */
const LEAST_CUT = 6;
/** What is kept in sight of a long key without neighbours. */
const KEPT_END = 24;

/**
 * Where a key may be cut first when there is no room for all of it: what tells it from its neighbours stays.
 * Whole parts only, so that `user:17` beside `user:18` keeps `17`, not `7`.
 */
export function cutOf(label: string, neighbours: readonly (string | undefined)[]): number {
  const shared = Math.max(0, ...neighbours.map((other) => (other === undefined ? 0 : sharedLength(label, other))));
  let cut = Math.min(shared, label.length);
  while (cut > 0 && !SEPARATOR.test(label[cut - 1]!)) cut--;
  if (cut >= label.length) return 0;
  if (cut >= LEAST_CUT) return cut;
  return label.length > 2 * KEPT_END ? label.length - KEPT_END : 0;
}

/** What is kept of a beginning that is cut. */
const LEAST_HEAD = 3;
const MOST_HEAD = 14;

/** Characters of the beginning that stay in any case: of an array its first element, which says what it is about. */
export function headOf(label: string): number {
  const first = /^\[[^,]*,?/.exec(label)?.[0] ?? "";
  return Math.max(LEAST_HEAD, Math.min(MOST_HEAD, first.length + 1));
}

function sharedLength(one: string, other: string): number {
  // Equal keys differ only in type, and have nothing to cut.
  if (one === other) return 0;
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
