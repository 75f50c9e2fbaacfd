/** The Overview page. */
export const OVERVIEW_STYLE: string = `
.overview { flex: 1; min-width: 0; overflow: auto; padding: 10px 14px 12px; display: flex; flex-direction: column; gap: 10px; container-type: inline-size; scrollbar-width: thin; } .overview:focus-visible { outline-offset: -2px; } .overview h3 { margin: 0; font-size: 12.5px; font-weight: 650; }
.diagnosis { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 2px 18px; align-items: center; padding: 8px 10px 8px 14px; border-radius: 10px; background: var(--calm-soft); } .diagnosis p { margin: 0; text-wrap: pretty; }
.diagnosis.change { background: var(--warn-soft); } .diagnosis.good { background: var(--good-soft); }
.verdict { font-size: 14px; font-weight: 650; } .evidence { font-size: 12px; color: var(--muted); margin-top: 1px; } .evidence code { font: 600 12px var(--mono); color: var(--text); }
.gain { display: grid; grid-template-columns: repeat(3, auto); gap: 0 7px; align-items: baseline; white-space: nowrap; font-variant-numeric: tabular-nums; } .gain b { font-size: 21px; line-height: 1.15; font-weight: 650; letter-spacing: -.01em; } .gain b.to { color: var(--hit); } .gain span { font-size: 11px; color: var(--muted); }
.actions { display: flex; gap: 6px; flex-wrap: wrap; } .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.cards { flex: 1; display: grid; grid-template-columns: minmax(0, 1.05fr) minmax(0, 1.1fr) minmax(0, 1fr) minmax(0, 1.4fr); gap: 10px; min-height: 0; } .cards > .card { display: flex; flex-direction: column; min-height: 0; }
.ratio-now { margin: 0; font-size: 20px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; } .ratio-now .note { font-weight: 400; }
.misses { border-top: 1px solid var(--line); margin: 7px -12px 0; padding: 4px 12px 0; } .misses h4 { margin: 0; font-size: 12px; font-weight: 650; }
.bar.causes { display: flex; gap: 2px; height: 12px; margin: 3px 0 6px; } .bar.causes i { min-width: 3px; background: currentColor; }
.bar.causes i:not(.first) { background: repeating-linear-gradient(135deg, currentColor 0 3px, color-mix(in srgb, currentColor 55%, var(--bg)) 3px 5px); }
.cause-list { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 8px; margin: 0; padding: 0; list-style: none; font-size: 12px; }
.cause-list button { display: flex; width: 100%; gap: 5px; align-items: center; min-height: 20px; padding: 0 2px; border: 0; border-radius: 4px; background: none; white-space: nowrap; cursor: pointer; } .cause-list button:hover:enabled { background: var(--hover); } .cause-list button[aria-pressed="true"] { background: var(--accent-soft); } .cause-list button:disabled { cursor: default; color: var(--muted); }
.cause-list b { margin-inline-start: auto; font-variant-numeric: tabular-nums; } .cause-list button:disabled b { font-weight: 400; }
.size-frame { flex: 1; display: grid; grid-template-columns: 38px minmax(0, 1fr); grid-template-rows: minmax(110px, 1fr) auto; gap: 3px 6px; font-size: 11px; color: var(--muted); font-variant-numeric: tabular-nums; margin-top: 8px; }
.size-frame .plot svg { position: absolute; inset: 0; color: var(--hit); } .size-frame .line.other { color: var(--accent); stroke-dasharray: 5 4; } .ceiling, .drop { fill: none; stroke: var(--line-strong); stroke-dasharray: 2 3; }
.mark-pin { position: absolute; width: 11px; height: 11px; transform: translate(-50%, 50%); border: 2px solid var(--bg); border-radius: 50%; background: var(--accent); } .mark-pin.knee { border-radius: 2px; rotate: 45deg; } .mark-pin.knee > span { rotate: -45deg; } .mark-pin.goal { background: var(--bg); border: 3px solid var(--hit); }
.mark-label { position: absolute; left: 12px; top: 6px; white-space: nowrap; padding: 0 3px; border-radius: 3px; color: var(--text); background: color-mix(in srgb, var(--bg) 86%, transparent); } .mark-label.before { left: auto; right: 12px; top: -14px; } .ceiling-label { left: 4px; top: auto; color: var(--muted); }
.stroke { width: 16px; border-top: 2px solid var(--hit); } .stroke.other { border-top: 2px dashed var(--accent); }
.heat-scroll { flex: 1; min-height: 0; overflow: auto; scrollbar-width: thin; } .heat { width: 100%; height: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; font-size: 12px; font-variant-numeric: tabular-nums; }
.heat th { padding: 0 2px; font-weight: 400; font-size: 11px; color: var(--muted); } .heat tbody th, .heat thead th:first-child { width: 62px; text-align: start; } .heat tbody code { font: 12px var(--mono); color: var(--text); } .heat .now-size { color: var(--text); font-weight: 600; }
.heat td { text-align: center; border-radius: 4px; padding: 0; background: rgb(var(--heat) / calc(var(--v) * .4)); } .heat .best { font-weight: 700; } .heat .best::after { content: "★"; font-size: 9px; vertical-align: 1px; margin-inline-start: 2px; } .heat .now, .frame.now { box-shadow: inset 0 0 0 2px var(--accent); } .heat .goal, .frame.goal { box-shadow: inset 0 0 0 2px var(--hit); } .frame { width: 12px; height: 12px; border-radius: 3px; }
.hidden-words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sign { flex: none; width: 11px; height: 11px; vertical-align: -1px; overflow: visible; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; } .sign.filled, .life-strip .filled { fill: currentColor; }
.life-strip { display: grid; grid-template-columns: 42px minmax(0, 1fr); gap: 2px 6px; margin: 4px 0 6px; font-size: 11px; color: var(--muted); }
.life-strip figcaption { display: flex; flex-direction: column; justify-content: space-between; text-align: end; line-height: 1.1; }
.life-strip svg { display: block; width: 100%; height: 54px; fill: none; stroke: currentColor; stroke-width: 1.4; border-bottom: 1px solid var(--line); } .life-strip p { margin: 0; }
.left-list { flex: 1 1 90px; min-height: 90px; max-height: 460px; overflow: auto; scrollbar-width: thin; }
.left-table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 12px; font-variant-numeric: tabular-nums; }
.left-table :is(th, td) { padding: 2px 4px; text-align: end; font-weight: 400; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; border-bottom: 1px solid var(--line); }
.left-table thead th { position: sticky; top: 0; background: var(--bg); color: var(--muted); } .left-table code { font: 12px/1.5 var(--mono); }
.left-table :is(th, td):nth-child(-n + 3) { text-align: start; } .left-table td:first-child { color: var(--muted); }
.left-table thead th:nth-child(1) { width: 62px; } .left-table thead th:nth-child(3) { width: 88px; } .left-table thead th:nth-child(n + 4) { width: 56px; }
@container (max-width: 1079px) { .cards { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .cards > .card { min-height: 260px; } }
@container (max-width: 719px) {
  .cards { grid-template-columns: minmax(0, 1fr); } .diagnosis { grid-template-columns: minmax(0, 1fr); gap: 8px; } .gain { justify-content: start; } .actions > * { flex: 1; } .overview { padding: 10px; }
}
`;
