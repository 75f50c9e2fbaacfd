/** Pixels of a side. */
export const TILE = 128;
const MOST_STEPS = 200;
/** A point this far out never comes back; far enough that the count of steps becomes a smooth number. */
const FAR = 64;

/** Colours of the points outside, from those that leave at once to those that stay long; inside is the first. */
const COLOURS = [
  [13, 16, 38],
  [35, 42, 110],
  [63, 79, 207],
  [58, 160, 190],
  [76, 202, 162],
  [240, 236, 205],
  [242, 166, 95],
  [120, 60, 90],
];

/** At zoom 0 a tile is 2 wide, and half as wide at each further zoom. */
export function tileWidth(zoom) {
  return 2 / 2 ** zoom;
}

/** The pixels of one tile. */
export function computeTile(zoom, x, y) {
  const image = new ImageData(TILE, TILE);
  const width = tileWidth(zoom);
  for (let row = 0; row < TILE; row++) {
    for (let column = 0; column < TILE; column++) {
      const steps = escapeSteps((x + column / TILE) * width, (y + row / TILE) * width);
      paint(image.data, 4 * (row * TILE + column), steps);
    }
  }
  return image;
}

/** How many steps a point takes to leave, with a fraction; `MOST_STEPS` when it stays. */
function escapeSteps(real, imaginary) {
  let a = 0;
  let b = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    [a, b] = [a * a - b * b + real, 2 * a * b + imaginary];
    const distance = a * a + b * b;
    if (distance > FAR) return Math.max(0, step + 1 - Math.log2(Math.log2(distance) / Math.log2(FAR)));
  }
  return MOST_STEPS;
}

function paint(pixels, at, steps) {
  const place = steps === MOST_STEPS ? 0 : Math.log2(1 + steps) * 1.1;
  const colour = Math.min(COLOURS.length - 2, Math.floor(place));
  const part = Math.min(1, place - colour);
  for (let channel = 0; channel < 3; channel++) {
    const [from, to] = [COLOURS[colour][channel], COLOURS[colour + 1][channel]];
    pixels[at + channel] = from + (to - from) * part;
  }
  pixels[at + 3] = 255;
}
