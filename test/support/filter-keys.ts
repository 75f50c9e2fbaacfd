/** Keys by index that filters are measured with. */
export const FILTER_KEYS: Readonly<Record<string, (index: number) => unknown>> = {
  string: (index) => `https://example.org/api/users/${index}/profile?lang=en`,
  integer: (index) => index,
  mixed: (index) => [index, `user:${index}`, index / 3, BigInt(index) * 7n][index % 4],
};

/** The most false positives that a filter of this rate gives by chance, in one of a million runs. */
export const atMost = (rate: number, questions: number): number =>
  questions * rate + 4.9 * Math.sqrt(questions * rate) + 1;
