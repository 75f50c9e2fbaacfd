import type { Dock } from "./settings.ts";

// The colours and the toggle: what shows before the panel is loaded.
// A page changes a colour by setting its --macho-* variable on :root.

const LIGHT = `
  color-scheme: light;
  --bg: var(--macho-background, #ffffff); --sunken: var(--macho-sunken, #f5f6f8); --hover: #eceef2;
  --line: var(--macho-line, #e1e4ea); --line-strong: #8b94a3;
  --text: var(--macho-text, #1b2029); --muted: var(--macho-muted, #5a6372);
  --accent: var(--macho-accent, #3f4fcf); --accent-soft: #e9ebfc;
  --hit: var(--macho-hit, #0e7a5f); --miss: var(--macho-miss, #b4530a);
  --evicted: #c0392b; --expired: #946200; --replaced: #3f4fcf; --deleted: #5a6372; --cleared: #7a35c9;
  --first: #9aa5b6; --unseen: #8b94a3; --absent: #7a35c9; --failed: #8c1d40;
  --bad-soft: #fbe9ea; --warn: #8f4206; --warn-soft: #fdf0e2; --good-soft: #e5f4ee; --calm-soft: #eef1f6; --heat: 14 122 95; --on-accent: #ffffff;
  --bad: #b4232f;
  --shadow: 0 -1px 2px rgb(20 26 40 / 6%), 0 -12px 32px rgb(20 26 40 / 12%);`;

const DARK = `
  color-scheme: dark;
  --bg: var(--macho-background, #15181e); --sunken: var(--macho-sunken, #1b1f27); --hover: #252b35;
  --line: var(--macho-line, #2b313c); --line-strong: #7c8798;
  --text: var(--macho-text, #e5e8ee); --muted: var(--macho-muted, #a0a9b8);
  --accent: var(--macho-accent, #a3aeff); --accent-soft: #2a3054;
  --hit: var(--macho-hit, #4ccaa2); --miss: var(--macho-miss, #f2a65f);
  --evicted: #ff8d7f; --expired: #e6c35c; --replaced: #a3aeff; --deleted: #a0a9b8; --cleared: #cba6ff;
  --first: #6b7687; --unseen: #7c8798; --absent: #cba6ff; --failed: #ff9fbd;
  --bad-soft: #3a2027; --warn: #f5be86; --warn-soft: #33271a; --good-soft: #17352c; --calm-soft: #212731; --heat: 76 202 162; --on-accent: #14171d;
  --bad: #ff8a94;
  --shadow: 0 -1px 2px rgb(0 0 0 / 40%), 0 -12px 32px rgb(0 0 0 / 45%);`;

/** Windows on which the panel is a sheet at the bottom or the top. */
export const NARROW = "(max-width: 599px)";

/** Whether this window is one. A test's host may have no `matchMedia`, or one that gives nothing or throws. */
export function isNarrow(): boolean {
  try {
    return matchMedia(NARROW).matches;
  } catch {
    return innerWidth < 600;
  }
}

/** The side on which a panel shows: beside a narrow page there is no room. */
export function shownDock(dock: Dock): Dock {
  return isNarrow() && dock !== "top" ? "bottom" : dock;
}

/** Tokens, focus ring and toggle. */
export const BASE_STYLE: string = `
.macho {${LIGHT}
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
  font: 400 13px/1.45 system-ui, sans-serif;
  color: var(--text); text-align: start; -webkit-font-smoothing: antialiased;
}
.macho[data-theme="dark"] {${DARK}}
@media (prefers-color-scheme: dark) { .macho[data-theme="system"] {${DARK}} }
.macho *, .macho *::before, .macho *::after { box-sizing: border-box; scrollbar-width: thin; }
.macho button, .macho input, .macho select { font: inherit; color: inherit; margin: 0; }
.macho :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.macho [hidden] { display: none !important; }
.toggle {
  position: fixed; inset-inline-end: var(--x, 12px); bottom: var(--y, 12px); display: inline-flex; align-items: center; gap: 7px;
  height: 34px; max-width: min(220px, calc(100vw - 24px)); padding: 0 13px 0 11px; cursor: pointer;
  color: var(--text); background: var(--bg); border: 1px solid var(--line); border-radius: 17px;
  font-weight: 600; letter-spacing: .01em; box-shadow: 0 2px 10px rgb(20 26 40 / 18%);
}
.toggle[data-corner$="start"] { inset-inline: var(--x, 12px) auto; } .toggle[data-corner^="top"] { inset-block: var(--y, 12px) auto; }
.toggle:hover { background: var(--sunken); }
.toggle b { font-weight: 400; min-width: 4ch; text-align: end; font-variant-numeric: tabular-nums; }
.toggle span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.toggle svg, .mark { flex: none; width: 16px; height: 16px; fill: none; stroke: var(--accent); stroke-width: 2.4; stroke-linecap: round; }
`;
