/** The Entries page. */
export const ENTRIES_STYLE: string = `
.entries { flex: 1; min-width: 0; display: flex; flex-direction: column; position: relative; }
.toolbar { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 7px 12px; border-bottom: 1px solid var(--line); }
.filter { flex: 0 1 240px; min-width: 120px; height: 28px; padding: 0 9px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg); }
.filter::placeholder { color: var(--muted); opacity: 1; }
.chips { display: flex; flex-wrap: wrap; align-items: center; gap: 5px; } .chip b { font-variant-numeric: tabular-nums; } .chips .note { margin-inline-start: 6px; }
.total { margin-inline-start: auto; color: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.split { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); } .split.whole { grid-template-columns: minmax(0, 1fr); }
.grid { overflow: auto; min-width: 0; container-type: inline-size; scrollbar-width: thin; position: relative; } .grid:focus-visible, .tree:focus-visible { outline-offset: -2px; }
.head { position: sticky; top: 0; z-index: 2; height: 28px; background: var(--sunken); border-bottom: 1px solid var(--line); }
.rows, .lines { position: relative; min-width: 100%; }
.row { --order: max(34px, var(--digits)); display: grid; height: 28px; align-items: center; padding: 0 12px; gap: 14px; border-bottom: 1px solid transparent; }
.cache .row { grid-template-columns: var(--order) minmax(120px, 1.2fr) minmax(80px, 1fr) 84px; }
.client .row { grid-template-columns: var(--order) minmax(160px, 1.6fr) minmax(100px, 1fr) 84px 72px 92px 76px; }
.rows .row { position: absolute; inset: 0 0 auto 0; cursor: default; } .rows .row:hover { background: var(--hover); }
.rows .row[aria-selected="true"] { background: var(--accent-soft); box-shadow: inset 3px 0 var(--accent); } .grid:focus .row.at:not([aria-selected="true"]) { box-shadow: inset 3px 0 var(--line-strong); }
.cell { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .cell.number { text-align: end; font-variant-numeric: tabular-nums; color: var(--muted); }
.rows .key, .rows .preview { font: 12px/28px var(--mono); } .rows .preview { color: var(--muted); }
.head .cell { color: var(--muted); font-size: 12px; font-weight: 550; }
.sort { border: 0; background: none; padding: 3px 0; cursor: pointer; white-space: nowrap; } .sort:hover, [aria-sort="ascending"] .sort, [aria-sort="descending"] .sort { color: var(--text); } .sort:focus-visible { outline-offset: -1px; }
.status, .chip { font-size: 12px; } .status.fresh, .chip.fresh > span { color: var(--hit); } .status.stale, .chip.stale > span { color: var(--miss); } .status.error, .chip.error > span { color: var(--bad); } .status.fetching, .chip.fetching > span { color: var(--accent); } .status.pending, .chip.pending > span { color: var(--muted); }
@container (max-width: 860px) { .client .row { grid-template-columns: var(--order) minmax(160px, 1fr) 80px 72px 92px 64px; } .client .preview { display: none; } }
@container (max-width: 620px) { .grid .row { gap: 10px; } .client .row { grid-template-columns: var(--order) minmax(120px, 1fr) 76px 70px 60px; } .client .updated { display: none; } }
@container (max-width: 430px) { .cache .preview { display: none; } .macho .cache .row { grid-template-columns: var(--order) minmax(90px, 1fr) 60px; } }
@container (max-width: 520px) { .client .row { grid-template-columns: var(--order) minmax(90px, 1fr) 76px 60px; } .client .row > :nth-child(5) { display: none; } .cache .row { grid-template-columns: var(--order) minmax(90px, 1.2fr) minmax(60px, 1fr) 60px; } }
.told { position: relative; } .told.some { flex: none; display: flex; align-items: center; gap: 10px; padding: 4px 14px; border-top: 1px solid var(--line); background: var(--sunken); font-size: 12px; } .told .said { margin: 0; min-width: 0; overflow-wrap: anywhere; } .told button { flex: none; }
.v-string { color: var(--hit); } .v-number, .v-boolean, .v-date { color: var(--replaced); } .v-nothing, .v-note { color: var(--muted); font-style: italic; } .v-object { color: var(--muted); } .v-function, .v-symbol { color: var(--cleared); }
@container panel (max-width: 599px) {
  .split { grid-template-columns: minmax(0, 1fr); grid-template-rows: minmax(84px, 1fr) minmax(0, 1.8fr); } .split.whole { grid-template-rows: minmax(0, 1fr); }
  .filter { flex: 1 1 140px; } .chips .note { display: none; }
}
`;
