/** Whether two values say the same, in the same order. Not the runtime's own, to which no two invalid dates are equal. */
export function saySame(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    return Object.is(one, other);
  }
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Date) return Object.is(one.getTime(), (other as Date).getTime());
  if (one instanceof Map || one instanceof Set) return saySame([...one], [...(other as Set<unknown>)]);
  if (Array.isArray(one) && one.length !== (other as unknown[]).length) return false;
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === others.length &&
    names.every((each, place) => each === others[place] && saySame(one[each as never], other[each as never]))
  );
}
