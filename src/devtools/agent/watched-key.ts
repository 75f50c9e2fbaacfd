import { type DevtoolsTarget, isClient, keyLabel } from "../source.ts";
import { shownKey } from "./shown-key.ts";

/** What turns a key of a target's cache into a text. A client's keys are hashes, of which a plain text reads better. */
export function keyTexts(target: DevtoolsTarget): (key: unknown) => string {
  const of = isClient(target) ? queryText : keyLabel;
  return (key) => shownKey(of(key));
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
