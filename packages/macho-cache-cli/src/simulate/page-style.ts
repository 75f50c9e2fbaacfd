import type { PolicyName } from "macho-cache/simulate";

/** A hue for each policy, and dots a line, so that colour is not all that tells them apart. */
const LOOKS: Readonly<Record<PolicyName, readonly [hue: number, dashes: string]>> = {
  lru: [5, "none"],
  fifo: [35, "6 4"],
  random: [60, "2 3"],
  lfu: [95, "none"],
  mfu: [130, "6 4"],
  sieve: [155, "none"],
  s3fifo: [180, "8 3 2 3"],
  tinylfu: [205, "none"],
  clock: [230, "6 4"],
  twoQueue: [260, "none"],
  arc: [290, "8 3 2 3"],
  slru: [325, "none"],
};

const BASE = `
:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --paper: #ffffff; --rule: #d0d7de; --mark: #ddf4e4; --dark: 36%; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --dim: #9198a1; --paper: #0d1117; --rule: #30363d; --mark: #12361f; --dark: 66%; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
p, figcaption { margin: 0.25rem 0; color: var(--dim); font-size: 0.9rem; text-align: left; }
figure { margin: 1rem 0; }
.chart { position: relative; padding: 0.75rem 1rem 1.75rem 3rem; }
.chart > svg { display: block; width: 100%; height: 20rem; overflow: visible; }
.levels { position: absolute; left: 0; top: 0.75rem; bottom: 1.75rem; width: 2.6rem; }
.levels span { position: absolute; right: 0; transform: translateY(-50%); }
.sizes { position: relative; }
.sizes span { position: absolute; top: 0.25rem; transform: translateX(-50%); white-space: nowrap; }
.levels, .sizes { color: var(--dim); font-size: 0.8rem; font-variant-numeric: tabular-nums; }
path { fill: none; vector-effect: non-scaling-stroke; }
.level { stroke: var(--rule); }
.line, .legend path { stroke: var(--of); stroke-width: 2px; stroke-dasharray: var(--dashes); stroke-linejoin: round; }
.line:hover { stroke-width: 4px; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin: 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: 0.4rem; }
.legend svg { width: 24px; height: 4px; overflow: visible; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
th:first-child { position: sticky; left: 0; background: var(--paper); }
td.best { background: var(--mark); font-weight: 600; }
`;

/** The looks of the page. It loads nothing. */
export function pageStyle(): string {
  const looks = Object.entries(LOOKS).map(
    ([policy, [hue, dashes]]) => `.of-${policy} { --of: hsl(${hue} 75% var(--dark)); --dashes: ${dashes}; }
figure:has(.of-${policy}:hover) .line:not(.of-${policy}) { opacity: 0.15; }`,
  );
  return BASE + looks.join("\n");
}
