import { h, type VNode } from "vue";
import type { PolicyResult } from "./replays.ts";
import { percent } from "./replay-words.ts";
import { words } from "./trace.ts";

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 48;
const BOTTOM = 40;
const TOP = 12;
const RIGHT = 16;

/** Hit ratio by size, a line a policy: lru and the best at the reader's size stand out. */
export function replayChart(
  results: readonly PolicyResult[],
  sizes: readonly number[],
  own: number,
  best: string,
): VNode {
  const [least, most] = [Math.log(sizes[0]!), Math.log(sizes.at(-1)!)];
  const x = (size: number): number =>
    LEFT + (most === least ? 0.5 : (Math.log(size) - least) / (most - least)) * (WIDTH - LEFT - RIGHT);
  const y = (ratio: number): number => TOP + (1 - ratio) * (HEIGHT - TOP - BOTTOM);
  const line = ({ policy, hitRatios }: PolicyResult): VNode => {
    const points = hitRatios.map((ratio, at) => `${x(sizes[at]!).toFixed(1)},${y(ratio).toFixed(1)}`).join(" ");
    const look = policy === best ? "best" : policy === "lru" ? "lru" : "other";
    return h("polyline", { points, class: look, key: policy });
  };
  const ruled = [0, 0.25, 0.5, 0.75, 1].flatMap((ratio) => [
    h("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(ratio), y2: y(ratio), class: "rule" }),
    h("text", { x: LEFT - 8, y: y(ratio) + 4, "text-anchor": "end" }, `${ratio * 100}%`),
  ]);
  const marks = [...new Set([sizes[0]!, own, sizes.at(-1)!])].map((size) =>
    h(
      "text",
      { x: x(size), y: HEIGHT - 16, "text-anchor": size === sizes[0] ? "start" : size === own ? "middle" : "end" },
      words(size),
    ),
  );
  const here = h("line", { x1: x(own), x2: x(own), y1: TOP, y2: HEIGHT - BOTTOM, class: "here" });
  // Those that stand out are drawn last.
  const drawn = [...results].sort((one, other) => Number(one.policy === best) - Number(other.policy === best));
  const ofBest = results.find(({ policy }) => policy === best);
  const said = ofBest
    ? `Hit ratio by size. At ${words(own)} entries, ${best} is the highest line, at ${percent(ofBest.hitRatios[sizes.indexOf(own)]!)}. The table below has each number.`
    : "Hit ratio by size. The table below has each number.";
  return h("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": said, class: "replay-chart" }, [
    ...ruled,
    here,
    ...drawn.map(line),
    ...marks,
  ]);
}
