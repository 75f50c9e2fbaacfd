/** The Requests page. */
export const REQUESTS_STYLE: string = `
.requests { flex: 1; min-width: 0; overflow: auto; padding: 12px 14px 16px; container-type: inline-size; scrollbar-width: thin; }
.requests:focus-visible { outline-offset: -2px; }
.requests h3 { margin: 0; font-size: 12.5px; font-weight: 650; }
.column > .select { justify-self: end; } .over-time .section-head { margin-bottom: 6px; }
.figures { display: grid; grid-template-columns: 1fr 1fr 1fr 1.4fr 1.4fr; gap: 1px; border: 1px solid var(--line); border-radius: 10px; background: var(--line); overflow: hidden; }
.figure { display: flex; flex-direction: column; min-width: 0; padding: 7px 12px 8px; background: var(--bg); }
.figure-label { display: flex; align-items: center; gap: 6px; color: var(--muted); font-size: 12px; font-weight: 550; }
.figure-value { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figure-value small { font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.figure-parts { display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 12px; font-variant-numeric: tabular-nums; } .figure-parts .failed { color: var(--bad); font-weight: 600; }
.figure .note { margin-top: auto; }
.bar { display: flex; gap: 1px; height: 6px; margin: 3px 0 5px; border-radius: 3px; background: var(--hover); overflow: hidden; }
.bar i { height: 100%; transition: width .3s; }
.columns { display: grid; grid-template-columns: minmax(0, 1.9fr) minmax(0, 1fr); gap: 12px; align-items: start; }
h4 { margin: 8px 0 0; font-size: 12px; font-weight: 600; } h4 .note { font-weight: 400; }
.column, .charts { display: grid; gap: 10px; min-width: 0; } .charts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .charts > :last-child { grid-column: 1 / -1; }
.section-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; min-height: 26px; } .section-head p { margin: 0; } .section-head > :is(select, .segments, .section-controls) { margin-inline-start: auto; }
.card { min-width: 0; border: 1px solid var(--line); border-radius: 10px; padding: 9px 12px 11px; }
.card-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-height: 26px; }
.card-head > :last-child:not(h3) { margin-inline-start: auto; } .card-controls { display: inline-flex; align-items: center; gap: 10px; }
.card-empty { margin: 6px 0 2px; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 2px 0 6px; font-size: 12px; color: var(--muted); min-height: 18px; }
.legend-item { display: inline-flex; align-items: center; gap: 5px; } .legend b { color: var(--text); font-weight: 600; font-variant-numeric: tabular-nums; }
.legend-time { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.plot-frame { display: grid; grid-template-columns: 42px minmax(0, 1fr); grid-template-rows: 82px auto; gap: 3px 6px; font-size: 11px; color: var(--muted); font-variant-numeric: tabular-nums; }
.axis-y { display: flex; flex-direction: column; justify-content: space-between; text-align: end; line-height: 1; }
.axis-x { grid-column: 2; display: flex; justify-content: space-between; }
.plot { position: relative; min-width: 0; }
.plot svg { display: block; width: 100%; height: 100%; overflow: visible; }
.plot path { vector-effect: non-scaling-stroke; }
.grid-line { stroke: var(--line); fill: none; } .cursor { stroke: var(--line-strong); stroke-dasharray: 3 3; }
.line { fill: none; } path:is(.line, .dot) { stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; } path.dot { stroke-width: 7; }
.under { fill: currentColor; opacity: .12; } .band { fill: currentColor; opacity: .82; }
.plot-empty { position: absolute; inset: 0; display: grid; place-items: center; margin: 0; font-size: 12px; } .plot-empty span { padding: 0 8px; background: var(--bg); }
.table-scroll { max-height: 160px; overflow: auto; scrollbar-width: thin; } .table-scroll.tall { max-height: 320px; margin-top: 4px; }
.table { width: 100%; border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
.table th, .table td { padding: 2px 8px; text-align: end; font-weight: 400; border-bottom: 1px solid var(--line); }
.table th:first-child { text-align: start; } .table thead th { position: sticky; top: 0; background: var(--bg); color: var(--muted); font-weight: 550; }
.removals-card .bar { height: 8px; margin: 4px 0 5px; } .removals-card .legend { margin: 0; } .legend dd { margin: 0; }
.removals { list-style: none; margin: 2px 0 0; padding: 0; max-height: clamp(160px, 100cqb - 140px, 620px); overflow: auto; scrollbar-width: thin; }
.removal { display: grid; grid-template-columns: 9px minmax(0, 1fr) auto; gap: 0 9px; align-items: center; padding: 5px 4px 6px 2px; border-top: 1px solid var(--line); }
.removal:first-child { border-top: 0; }
.removal code { font: 12px/1.5 var(--mono); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.removal time { color: var(--muted); font-size: 11.5px; font-variant-numeric: tabular-nums; } .reason { grid-column: 2 / -1; color: var(--muted); font-size: 12px; }
@container (max-width: 1099px) { .columns { grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); } .charts { grid-template-columns: minmax(0, 1fr); } .columns .figures { grid-template-columns: repeat(6, 1fr); } .columns .figure { grid-column: span 2; } .columns .figure:nth-child(n + 4) { grid-column: span 3; } }
@container (max-width: 859px) {
  .figures { grid-template-columns: repeat(6, 1fr); } .figure { grid-column: span 2; } .figure:nth-child(n + 4) { grid-column: span 3; }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 10px; } .column { display: contents; } .over-time { order: 2; } .removals { max-height: 230px; }
}
@container page (max-height: 240px) and (min-width: 600px) {
  .columns .figures { grid-template-columns: repeat(5, 1fr); } .columns .figure:nth-child(n) { grid-column: auto; } .columns .figure .note { display: none; }
}
@container (max-width: 479px) {
  .requests { padding: 8px 10px 14px; } .columns { gap: 8px; } .card { padding: 6px 10px 8px; } .section-head > p { order: 1; flex: 1 0 100%; } .figure-value { font-size: 17px; } .figure { padding: 5px 9px 6px; } .columns .figure:nth-child(-n + 3) .note { display: none; } h4 { margin-top: 4px; }
}
`;
