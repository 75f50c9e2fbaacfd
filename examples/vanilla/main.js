import { Cache } from "macho-cache";
import { mountDevtools } from "macho-cache/devtools/mount";
import { computeTile, TILE, tileWidth } from "./mandelbrot.js";

const COLUMNS = 6;
const ROWS = 4;
const MOVES = { left: [-1, 0, 0], right: [1, 0, 0], up: [0, -1, 0], down: [0, 1, 0], in: [0, 0, 1], out: [0, 0, -1] };
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "-": "out" };
/** Zoom from which the whole set is in view, and beyond which numbers have no more digits to show. */
const ZOOMS = [2, 40];
/** Where the middle of the view may be: around it there is always something to see. */
const MIDDLE = { x: [-2, 0.5], y: [-1, 1] };

/** Two and a half screens of tiles: going back one step is free, going far is computed again. */
const tiles = new Cache({ maxCacheSize: 60, ttl: Infinity });
mountDevtools(tiles, { name: "Tiles", initialIsOpen: true, initialDock: "right" });

const view = { x: -4, y: -2, zoom: ZOOMS[0] };
const canvas = document.querySelector("canvas");
canvas.width = COLUMNS * TILE;
canvas.height = ROWS * TILE;
const pen = canvas.getContext("2d");
let computed = 0;

function tileAt(zoom, x, y) {
  const key = `${zoom}/${x}/${y}`;
  const known = tiles.get(key);
  if (known) return known;
  computed++;
  const tile = computeTile(zoom, x, y);
  tiles.set(key, tile);
  return tile;
}

function draw() {
  const before = computed;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      pen.putImageData(tileAt(view.zoom, view.x + column, view.y + row), column * TILE, row * TILE);
    }
  }
  const fresh = computed - before;
  const all = COLUMNS * ROWS;
  document.querySelector('[role="status"]').textContent =
    `${fresh} of ${all} tiles computed, ${all - fresh} from the cache; ${computed} computed so far.`;
}

function within(value, [least, most]) {
  return Math.max(least, Math.min(most, value));
}

/** The first tile of a view of `count` tiles whose middle stays where there is something to see. */
function firstTile(wanted, count, zoom, [least, most]) {
  const width = tileWidth(zoom);
  return within(wanted, [Math.ceil(least / width - count / 2), Math.floor(most / width - count / 2)]);
}

function move(name) {
  const [right, down, closer] = MOVES[name];
  const zoom = within(view.zoom + closer, ZOOMS);
  // The middle stays in the middle.
  const scale = 2 ** (zoom - view.zoom);
  const x = Math.round((view.x + COLUMNS / 2) * scale - COLUMNS / 2) + right;
  const y = Math.round((view.y + ROWS / 2) * scale - ROWS / 2) + down;
  view.x = firstTile(x, COLUMNS, zoom, MIDDLE.x);
  view.y = firstTile(y, ROWS, zoom, MIDDLE.y);
  view.zoom = zoom;
  draw();
}

for (const button of document.querySelectorAll("[data-move]")) {
  button.addEventListener("click", () => move(button.dataset.move));
}
document.addEventListener("keydown", (event) => {
  const name = KEYS[event.key];
  if (!name) return;
  event.preventDefault();
  move(name);
});
draw();
