/** The chosen entry. */
export const DETAIL_STYLE: string = `
.detail { min-width: 0; min-height: 0; overflow: auto; scrollbar-width: thin; display: flex; flex-direction: column; border-inline-start: 1px solid var(--line); background: var(--bg); }
.detail-head { display: flex; align-items: center; gap: 8px; padding: 6px 8px 0 14px; } .detail-head h3 { flex: 1; min-width: 0; margin: 0; font: 600 12.5px/1.5 var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.departed { padding: 10px 14px; } .departed p { margin: 0 0 6px; }
.detail .actions { display: flex; flex-wrap: wrap; gap: 6px 14px; padding: 4px 14px 8px; } .actions > span { display: flex; flex-wrap: wrap; gap: 6px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0; padding: 0 14px 8px; font-size: 12px; border-bottom: 1px solid var(--line); } .fact { display: flex; gap: 6px; } .fact dt { color: var(--muted); } .fact dd { margin: 0; font-variant-numeric: tabular-nums; }
.tree { flex: 1; min-height: 66px; overflow: auto; padding: 6px 0; font: 12px/22px var(--mono); scrollbar-width: thin; }
.tree .line { position: absolute; inset: 0 0 auto 0; display: flex; height: 22px; padding-inline-end: 12px; white-space: nowrap; cursor: default; }
.line:hover { background: var(--hover); } .line[aria-selected="true"] { background: var(--hover); } .tree:focus .line[aria-selected="true"] { background: var(--accent-soft); }
.arrow { flex: none; width: 14px; color: var(--muted); } .line .label { flex: none; max-width: 60%; overflow: hidden; text-overflow: ellipsis; margin-inline-end: 10px; color: var(--text); } .line .label + span { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
@container panel (max-width: 599px) { .detail { border-inline-start: 0; border-top: 1px solid var(--line-strong); } }
`;
