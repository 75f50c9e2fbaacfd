// What a page does while its panel is measured.

/** Writes a second, and ms between two handfuls of them. */
const RATE = 1_000;
const PAUSE = 10;

/** Ms from the press of the button until the first rows are painted. */
export async function openedWithin({ button, hasRows }) {
  const began = performance.now();
  button().click();
  while (!hasRows()) await frame();
  await frame();
  return performance.now() - began;
}

/** Writes to keys that are there, at an even pace. */
export function write({ set, keys }, ms) {
  const began = performance.now();
  let written = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const passed = performance.now() - began;
      for (; written < (passed / 1_000) * RATE; written++) set(written % keys, written);
      if (passed < ms) return;
      clearInterval(timer);
      resolve();
    }, PAUSE);
  });
}

/** Frames a second while something goes on. */
export async function framesOf(act) {
  const state = { frames: 0, isOver: false };
  const began = performance.now();
  const ended = act().then(() => (state.isOver = true));
  while (!state.isOver) {
    await frame();
    state.frames++;
  }
  await ended;
  return (state.frames * 1_000) / (performance.now() - began);
}

export const frame = () => new Promise(requestAnimationFrame);
