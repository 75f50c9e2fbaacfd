import { type DevtoolsTarget, isClient, keyLabel } from "../source.ts";

/** Characters of a key that are sent. */
const MAX_KEY = 1_000;

/** What turns a key of a target's cache into a text. A client's keys are hashes, of which a plain text reads better. */
export function keyTexts(target: DevtoolsTarget): (key: unknown) => string {
  const of = isClient(target) ? queryText : keyLabel;
  return (key) => {
    const text = of(key);
    return text.length > MAX_KEY ? `${text.slice(0, MAX_KEY)}…` : text;
  };
}

/** As the list of entries shows it. */
function queryText(hash: unknown): string {
  if (typeof hash !== "string" || !hash.startsWith('"')) return keyLabel(hash);
  try {
    return String(JSON.parse(hash));
  } catch {
    return hash;
  }
}
