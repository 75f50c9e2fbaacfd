const said = new Set<string>();

/**
 * Says on the console, once, what of the devtools does not work. A warning and no error: the app is as well as before,
 * and its tests may watch for errors.
 */
export function complainOnce(words: string, error: unknown): void {
  if (said.has(words)) return;
  said.add(words);
  // oxlint-disable-next-line no-console -- the one place where the devtools have something to say to it
  console.warn(`Macho devtools: ${words}`, error);
}

/** Runs it. What it throws is said on the console, and goes no further: a devtool never ends the app. */
export function harmless(words: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    complainOnce(words, error);
  }
}
