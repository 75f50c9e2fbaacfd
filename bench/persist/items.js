// Entries of about 400 bytes.

export const keyOf = (index) => ["item", index];

export function itemOf(index, version = 0) {
  const text = Array.from({ length: 10 }, (_, at) => {
    const seed = index * 7_919 + at * 104_729 + version * 31;
    return Math.imul(seed, 2_654_435_761).toString(36).repeat(4);
  });
  return { id: index, version, title: `Item ${index}`, text: text.join(" "), tags: ["one", "two"], price: index * 1.5 };
}
