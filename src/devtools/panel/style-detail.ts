/** The chosen entry. */
export const DETAIL_STYLE: string = `
.detail { min-width: 0; min-height: 0; overflow: auto; display: flex; flex-direction: column; border-inline-start: 1px solid var(--line); background: var(--bg); container: detail / size; }
.detail-head { flex: none; display: flex; align-items: center; gap: 8px; padding: 4px 8px 0 14px; } .detail-head h3 { flex: 0 1 auto; min-width: 0; margin: 0; font: 600 12.5px/1.5 var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .detail-head [aria-label^="Copy"] { margin-inline-start: auto; } .detail-head [aria-label^="Back"] { display: none; }
.detail .actions { flex: none; display: flex; flex-wrap: wrap; gap: 6px 16px; padding: 2px 14px 8px; } .actions > span { flex: none; max-width: 100%; display: flex; flex-wrap: wrap; gap: 6px; }
.facts { flex: none; display: flex; flex-wrap: wrap; gap: 1px 18px; margin: 0; padding: 0 14px 6px; font-size: 12px; } .fact { display: flex; gap: 6px; min-width: 0; } .fact dt { color: var(--muted); } .fact dd { margin: 0; min-width: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.detail-body { flex: 1; min-height: 96px; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1.4fr) minmax(0, 1fr); border-top: 1px solid var(--line); } .detail > .segments { flex: none; display: none; } .detail > .segments > :nth-child(3) { display: none; }
.value, .history { min-width: 0; min-height: 0; display: flex; flex-direction: column; } .history { border-inline-start: 1px solid var(--line); padding: 4px 14px 8px; overflow: auto; }
.value-head { flex: none; display: flex; align-items: center; gap: 6px; padding: 4px 12px 0 14px; } .detail h4 { flex: 1; min-width: 0; margin: 0; font-size: 12px; line-height: 24px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .history h4 { flex: none; }
.history ol { list-style: none; margin: 0; padding: 0; font-size: 12px; } .history li { display: grid; grid-template-columns: 8ch 12px minmax(0, 1fr); gap: 8px; padding: 1px 0; overflow-wrap: anywhere; } .history .note { display: block; } .history h4 .note { display: inline; } .history time { color: var(--muted); font-variant-numeric: tabular-nums; } .history .sign { margin-top: 3px; } .dot.read { color: var(--hit); } .dot.written { color: var(--accent); } .dot.missed { color: var(--miss); }
.departed { padding: 10px 14px; overflow: auto; } .departed p { margin: 0 0 6px; overflow-wrap: anywhere; }
.json { flex: 1; min-height: 60px; margin: 4px 12px 0 14px; padding: 6px 8px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--bg); color: inherit; font: 12px/1.5 var(--mono); resize: none; } p.json { flex: none; min-height: 0; border-style: dashed; font-family: inherit; } .fault { flex: none; margin: 0; padding: 4px 14px; min-height: 24px; color: var(--bad); font-size: 12px; }
.tree { flex: 1; min-height: 66px; overflow: auto; padding: 2px 0; font: 12px/22px var(--mono); }
.tree .line { position: absolute; inset: 0 0 auto 0; display: flex; height: 22px; padding-inline-end: 12px; white-space: nowrap; cursor: default; }
.line:hover { background: var(--hover); } .line[aria-selected="true"] { background: var(--hover); } .tree:focus .line[aria-selected="true"] { background: var(--accent-soft); }
.arrow { flex: none; width: 14px; color: var(--muted); } .line .label { flex: none; max-width: 60%; overflow: hidden; text-overflow: ellipsis; margin-inline-end: 10px; color: var(--text); } .line .label + span { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
@container detail (max-width: 479px) or (max-height: 240px) {
  .detail-body { order: 1; position: relative; grid-template: minmax(0, 1fr) / minmax(0, 1fr); border: 0; } .detail > .segments { order: 1; display: inline-flex; margin: 2px 14px 6px; }
  .value-head { position: absolute; inset: -34px 0 auto auto; } .value-head h4 { display: none; } .detail:not(.shows-history) .history, .shows-history .value { display: none; } .history { border: 0; }
}
@container detail ((max-width: 479px) and (max-height: 560px)) or (max-height: 240px) {
  .detail > .segments > :nth-child(3) { display: block; } .detail:not(.shows-actions) .actions, .shows-actions .detail-body { display: none; }
  .detail-body { min-height: 48px; } .detail .actions { order: 2; }
}
@container page (max-width: 719px) or (max-height: 280px) {
  .split, .split.whole { grid-template: minmax(0, 1fr) / minmax(0, 1fr); } .split:not(.whole) > :first-child, .entries:has(> .split:not(.whole)) > .toolbar { display: none; }
  .detail { border: 0; } .detail-head { padding-inline-start: 6px; } .detail-head [aria-label^="Back"] { display: inline-grid; } .detail-head [aria-label^="Close"] { display: none; }
}
`;
