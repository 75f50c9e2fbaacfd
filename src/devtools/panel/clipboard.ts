import { ownWindows } from "../sampler.ts";

/** Writes to the clipboard of the window that the reader is in: browsers refuse it to one without the focus. */
export function toClipboard(text: string): Promise<void> {
  const own = Array.from(ownWindows).find(({ document: there }) => there.hasFocus());
  return (own ?? globalThis).navigator.clipboard.writeText(text);
}

/** Copies code, or says it, so that the reader can write it. */
export async function copyCode(code: string, say: (words: string) => void): Promise<void> {
  try {
    await toClipboard(code);
    say(`Copied: ${code}`);
  } catch {
    say(`It could not be copied. Write: ${code}`);
  }
}
