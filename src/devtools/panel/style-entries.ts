/** The Entries page. */
export const ENTRIES_STYLE: string = `
.entries { flex: 1; min-width: 0; display: flex; flex-direction: column; position: relative; }
.toolbar { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 7px 12px; border-bottom: 1px solid var(--line); }
.filter-field { flex: 0 1 290px; min-width: 150px; display: flex; gap: 4px; } .filter { flex: 1; min-width: 0; height: 28px; padding: 0 9px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg); }
.filter::placeholder { color: var(--muted); opacity: 1; } .filter[aria-invalid="true"] { border-color: var(--bad); } .problem { color: var(--bad); font-size: 12px; } .problem:empty { position: absolute; } .chips:empty { display: none; }
.filter-help { flex: 1 0 100%; display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 0; font-size: 12px; } .filter-help div { display: flex; gap: 7px; } .filter-help dt { font-family: var(--mono); } .filter-help dd { margin: 0; color: var(--muted); }
.chips { display: flex; flex-wrap: wrap; align-items: center; gap: 5px; } .chip b { font-variant-numeric: tabular-nums; } .chip i { font-style: normal; } .chips .note { margin-inline-start: 6px; }
.total { margin-inline-start: auto; color: var(--muted); font-size: 12px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.split { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(0, 1.45fr) minmax(0, 1fr); grid-template-rows: minmax(0, 1fr); } .split.whole { grid-template-columns: minmax(0, 1fr); }
.list { min-width: 0; min-height: 0; display: flex; flex-direction: column; } .waiting { flex: none; margin: 0; padding: 3px 12px; border-top: 1px solid var(--line); background: var(--sunken); font-size: 12px; }
.grid { flex: 1; min-height: 0; overflow: auto; position: relative; }
.head { position: sticky; top: 0; z-index: 2; height: 28px; background: var(--sunken); border-bottom: 1px solid var(--line); }
.rows, .lines { position: relative; min-width: 100%; }
.row { display: grid; grid-template-columns: var(--columns); height: 28px; align-items: center; padding: 0 12px; gap: 12px; border-bottom: 1px solid transparent; }
.rows .row { position: absolute; inset: 0 0 auto 0; cursor: default; } .rows .row:hover { background: var(--hover); }
.rows .row[aria-selected="true"] { background: var(--accent-soft); box-shadow: inset 3px 0 var(--accent); } .grid:focus .row.at:not([aria-selected="true"]) { box-shadow: inset 3px 0 var(--line-strong); }
.cell { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .cell.number { text-align: end; font-variant-numeric: tabular-nums; color: var(--muted); }
.rows .group { background: var(--sunken); border-color: var(--line); } .fold { display: inline-block; width: 16px; color: var(--muted); } .grouped .row:not(.group) .key { padding-inline-start: 16px; } .gone { color: var(--muted); } .gone .cut-key span { text-decoration: line-through; } .with-bar { display: flex; justify-content: end; }
.ttl { width: 40px; height: 5px; margin: auto auto auto 0; border-radius: 3px; background: var(--line); overflow: hidden; } .ttl i { display: block; height: 100%; background: var(--line-strong); } .soon i { background: var(--miss); }
.rows .key, .rows .preview { font: 12px/28px var(--mono); } .rows .preview { color: var(--muted); }
.head .cell { color: var(--muted); font-size: 12px; font-weight: 550; }
.sort { border: 0; background: none; padding: 3px 0; cursor: pointer; white-space: nowrap; } .sort:hover, [aria-sort="ascending"] .sort, [aria-sort="descending"] .sort { color: var(--text); } .sort:focus-visible { outline-offset: -1px; }
.status, .chip { font-size: 12px; } .status.fresh, .chip.fresh > span { color: var(--hit); } .status.stale, .chip.stale > span { color: var(--miss); } .status.error, .chip.error > span { color: var(--bad); } .status.fetching, .chip.fetching > span { color: var(--accent); } .status:is(.pending, .left), .chip:is(.pending, .left) > span { color: var(--muted); }
.told { position: relative; } .told.some { flex: none; display: flex; align-items: center; gap: 10px; padding: 4px 14px; border-top: 1px solid var(--line); background: var(--sunken); font-size: 12px; } .told .said { margin: 0; min-width: 0; overflow-wrap: anywhere; } .told button { flex: none; }
.v-string { color: var(--hit); } .v-number, .v-boolean, .v-date { color: var(--replaced); } .v-nothing, .v-note { color: var(--muted); font-style: italic; } .v-object { color: var(--muted); } .v-function, .v-symbol { color: var(--cleared); }
@container panel (max-width: 599px) {
  .toolbar { gap: 6px; padding: 6px 8px; } .filter-field { flex: 1 1 150px; } .toolbar .select { width: 97px; } .chips { gap: 2px; } .macho .chip { padding: 0 5px; } .chip i { font-size: 0; } .chips .note { display: none; }
}
`;
