/** The page Loads. */
export const LOADS_STYLE: string = `
.loads { display: grid; grid-template: minmax(200px, 1fr) auto / minmax(0, 1.62fr) minmax(0, 1fr); } .loads > .card { display: flex; flex-direction: column; min-height: 0; padding-bottom: 8px; } .loads > :last-child:nth-child(odd) { grid-column: 1 / -1; }
.loads :is(.card-head, .card-controls) { flex-wrap: wrap; } .loads code, .load-error { font: 12px/1.4 var(--mono); }
:is(.load-row, .load-list button) > *, .load-detail h3 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .loads :is(.load-row, .load-list, .load-counts) { font-size: 12px; font-variant-numeric: tabular-nums; }
.load-counts { margin-inline-start: auto; } .load-counts span + span::before { content: " · "; font-weight: 400; color: var(--muted); } .load-counts .failed { font-weight: 600; } .loads .failed, .load-error, .load-lists > :last-child li span { color: var(--bad); }
.load-filter { flex: 1 1 80px; min-width: 0; max-width: 180px; padding: 0 7px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg); font-size: 12px; }
.waterfall { flex: 1; display: flex; flex-direction: column; min-height: 110px; }
.load-row { display: grid; grid-template-columns: minmax(0, 180px) minmax(0, 1fr) minmax(0, 150px); gap: 0 12px; align-items: center; height: var(--row); margin: 0; padding-inline: 4px; color: var(--muted); } .load-row code { color: var(--text); }
.load-axis, .load-rows { flex: none; overflow: hidden; scrollbar-gutter: stable; } .load-axis { height: 18px; } .load-axis .track { display: flex; justify-content: space-between; font-size: 11px; }
.load-rows { flex: 1; overflow: auto; max-height: 460px; } :is(.load-rows .load-row, .load-list button):hover { background: var(--hover); } .load-rows [aria-selected="true"], .load-list [aria-pressed="true"] { background: var(--accent-soft); }
.load-rows .track { background: repeating-linear-gradient(90deg, var(--line) 0 1px, #0000 1px 25%); border-inline-end: 1px solid var(--line); }
.track { position: relative; height: 100%; overflow: clip; overflow-clip-margin: 3px; } .track i { position: absolute; forced-color-adjust: none; }
.span { top: calc(50% - 6px); height: 12px; min-width: 4px; border-radius: 3px; color: var(--accent); background: currentColor; --soft: color-mix(in srgb, currentColor 65%, var(--bg)); } .span.refresh { background: var(--accent-soft); border: 1.5px solid; }
.span.failed { background: repeating-linear-gradient(90deg, currentColor 0 4px, var(--soft) 4px 6px); } .span.running { background: linear-gradient(90deg, currentColor, var(--soft)); } .span.aborted { color: var(--muted); border: 1px solid; background: repeating-linear-gradient(135deg, currentColor 0 1.5px, #0000 1.5px 4px); }
.span.late { border-inline-start: 3px double var(--bg); border-radius: 0; }
.span:is(.wait, .pause) { top: calc(50% - 1px); height: 0; border-top: 2px dotted var(--muted); border-radius: 0; background: none; } .span.pause { border-top: 4px double var(--warn); }
.pin { top: 3px; bottom: 3px; width: 2px; margin-inline-start: -1px; background: var(--text); } .pin::before { content: ""; position: absolute; inset: -1px -2px auto; height: 6px; border-radius: 3px; background: inherit; }
.load-legend { margin: 4px 0 0; } .load-legend .track { width: 22px; height: 14px; } .load-legend .span { width: 22px; } .load-legend .pin { inset-inline-start: 11px; }
.loads .chart .plot-frame { grid-template-rows: minmax(70px, 1fr) auto; margin-top: 44px; } .load-bars { fill: var(--accent); opacity: .75; } .quantile { position: absolute; bottom: 0; border-inline-start: 1.5px dashed var(--text); color: var(--text); line-height: 14px; } .quantile span { position: absolute; left: 4px; padding: 0 2px; background: color-mix(in srgb, var(--bg) 86%, transparent); white-space: nowrap; } .quantile.before span { left: auto; right: 6px; }
.load-error, .load-detail .note { margin: 2px 0; overflow-wrap: anywhere; max-height: 5.6em; overflow: auto; } .load-detail .table-scroll { flex: 1; max-height: 460px; } .load-detail .table :is(th, td) { text-align: start; } .load-detail :is(th, td:not(:last-child)) { white-space: nowrap; }
.loads > .load-lists { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; } .load-lists > * { min-width: 0; }
.load-list { list-style: none; margin: 2px 0 0; padding: 0; overflow: auto; max-height: 220px; } .load-list button { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; width: 100%; padding: 0 2px; border: 0; border-bottom: 1px solid var(--line); background: none; text-align: start; cursor: pointer; } .mutations button { grid-template-columns: 58px minmax(0, 1.3fr) minmax(0, 132px) minmax(0, 1.3fr); }
.standing.fresh { color: var(--hit); } .standing.stale { color: var(--miss); } .standing.error { color: var(--bad); } .standing.fetching { color: var(--accent); }
@container page (max-height: 480px) { .load-list { max-height: 74px; } }
@container (max-width: 1079px) { .loads { grid-template: auto / minmax(0, 1fr); } .loads > .card { min-height: auto; } .waterfall { height: 250px; flex: none; } }
@container (max-width: 719px) { .load-row { grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr) 82px; gap: 0 8px; } .load-card .card-controls { flex: 1 0 100%; } .load-filter { max-width: none; } .mutations button { grid-template-columns: minmax(0, 1fr) 132px; } .mutations button .note, .outcome-note, .load-axis .track > :nth-child(even) { display: none; } }
`;
