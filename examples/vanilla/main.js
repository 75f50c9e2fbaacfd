import { Cache } from "macho-cache";
import { mountDevtools } from "macho-cache/devtools/mount";
import { computeTile, TILE } from "./mandelbrot.js";

const COLUMNS = 4;
const ROWS = 3;
const MOVES = { left: [-1, 0, 0], right: [1, 0, 0], up: [0, -1, 0], down: [0, 1, 0], in: [0, 0, 1], out: [0, 0, -1] };
const KEYS = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", "+": "in", "-": "out" };

/** Two and a half screens of tiles: going back one step is free, going far is computed again. */
const tiles = new Cache({ maxCacheSize: 30, ttl: Infinity });
mountDevtools(tiles, { name: "Tiles", initialIsOpen: true });

const view = { x: -2, y: -1, zoom: 1 };
const canvas = document.querySelector("canvas");
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

function move(name) {
  const [right, down, closer] = MOVES[name];
  const zoom = Math.max(0, view.zoom + closer);
  // The middle stays in the middle.
  const scale = 2 ** (zoom - view.zoom);
  view.x = Math.round((view.x + COLUMNS / 2) * scale - COLUMNS / 2) + right;
  view.y = Math.round((view.y + ROWS / 2) * scale - ROWS / 2) + down;
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
