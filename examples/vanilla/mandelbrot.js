/** Pixels of a side. */
export const TILE = 128;
const MOST_STEPS = 200;

/** The pixels of one tile: at zoom 0 it is 2 wide, and half as wide at each further zoom. */
export function computeTile(zoom, x, y) {
  const image = new ImageData(TILE, TILE);
  const width = 2 / 2 ** zoom;
  for (let row = 0; row < TILE; row++) {
    for (let column = 0; column < TILE; column++) {
      const steps = escapeSteps((x + column / TILE) * width, (y + row / TILE) * width);
      const shade = steps === MOST_STEPS ? 0 : Math.round(255 * Math.sqrt(steps / MOST_STEPS));
      image.data.set(
        [shade >> 1, shade, 255 - (shade >> 1), steps === MOST_STEPS ? 255 : 235],
        4 * (row * TILE + column),
      );
    }
  }
  return image;
}

function escapeSteps(real, imaginary) {
  let a = 0;
  let b = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    [a, b] = [a * a - b * b + real, 2 * a * b + imaginary];
    if (a * a + b * b > 4) return step;
  }
  return MOST_STEPS;
}
