// What a page stored, and shows again when it is opened: articles of about 1 or 10 kB.

export const ARTICLES = 200;
/** Those on the first screen, from all over what is stored. */
export const SHOWN = Array.from({ length: 20 }, (_, row) => row * 10);
export const DAY = 86_400_000;

export const keyOf = (id) => ["articles", { id }];

/** Words that do not repeat themselves, so that no storage can compress them to nothing. */
function wordsOf(seed, characters) {
  let state = seed * 2_654_435_761 + 1;
  let text = "";
  while (text.length < characters) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${(state >>> 4).toString(36)} `;
  }
  return text.slice(0, characters);
}

/** @param size about how many bytes it has */
export function articleOf(id, size) {
  const paragraphs = Array.from({ length: 10 }, (_, at) => ({ at, text: wordsOf(id * 10 + at, size / 10 - 40) }));
  return {
    id,
    title: `Article ${id}`,
    author: { id: id % 7, name: `Author ${id % 7}` },
    tags: ["news", "local"],
    paragraphs,
  };
}

let loads = 0;

/** Every hook gets this fetcher, which never answers. What is stored is fresh, so it must not run. */
export function fetcher() {
  loads++;
  return new Promise(() => undefined);
}

export function assertNoLoads() {
  if (loads > 0) throw new Error(`${loads} fetchers ran, expected none.`);
}
