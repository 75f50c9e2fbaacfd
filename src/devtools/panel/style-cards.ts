/** Cards, figures, charts and tables, which every page is made of. */
export const CARDS_STYLE: string = `
.bar { display: flex; gap: 1px; height: 6px; margin: 3px 0 5px; border-radius: 3px; background: var(--hover); overflow: hidden; }
.bar i { height: 100%; transition: width .3s; }
.card { min-width: 0; border: 1px solid var(--line); border-radius: 10px; padding: 9px 12px 11px; }
.card-head { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 0 8px; min-height: 26px; }
.card-head > :last-child:not(h3) { margin-inline-start: auto; } .card-controls { display: inline-flex; align-items: center; gap: 6px; } .macho .zoom { padding: 0 5px; }
.card-empty { margin: 6px 0 2px; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 2px 0 6px; font-size: 12px; color: var(--muted); min-height: 18px; }
.legend-item { display: inline-flex; align-items: center; gap: 5px; } .legend b { color: var(--text); font-weight: 600; font-variant-numeric: tabular-nums; }
.legend-time { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.plot-frame { display: grid; grid-template-columns: 42px minmax(0, 1fr); grid-template-rows: 82px auto; gap: 3px 6px; font-size: 11px; color: var(--muted); font-variant-numeric: tabular-nums; }
.axis-y { display: flex; flex-direction: column; justify-content: space-between; text-align: end; line-height: 1; }
.axis-x { grid-column: 2; display: flex; justify-content: space-between; }
.plot { position: relative; min-width: 0; }
.plot > svg { display: block; width: 100%; height: 100%; overflow: visible; }
.plot path { vector-effect: non-scaling-stroke; }
.grid-line { stroke: var(--line); fill: none; } .cursor { stroke: var(--line-strong); stroke-dasharray: 3 3; }
path.line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.under { fill: currentColor; opacity: .12; } .band { fill: currentColor; opacity: .82; }
.plot-empty { position: absolute; inset: 0; display: grid; place-items: center; margin: 0; font-size: 12px; } .plot-empty span { padding: 0 8px; background: var(--bg); }
.table-scroll { max-height: 160px; overflow: auto; scroll-padding-top: 24px; } .table-scroll.tall { max-height: 320px; margin-top: 4px; }
.table { width: 100%; border-collapse: collapse; font-size: 12px; font-variant-numeric: tabular-nums; }
.table th, .table td { padding: 2px 8px; text-align: end; font-weight: 400; border-bottom: 1px solid var(--line); }
.table th:first-child { text-align: start; } .table thead th { position: sticky; top: 0; background: var(--bg); color: var(--muted); font-weight: 550; }
.sign { flex: none; width: 11px; height: 11px; vertical-align: -1px; overflow: visible; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
`;
