/** The pages Lifespan and Latency. */
export const DISTRIBUTION_STYLE: string = `
.explanation { margin: 8px 0; }
.requests > .card + .section-head { margin-top: 14px; } .section-head + .card, .section-head + .figures { margin-top: 6px; } .requests > .card + .card { margin-top: 10px; }
.figures.six { grid-template-columns: 1.4fr repeat(5, minmax(0, 1fr)); margin-bottom: 10px; }
.distribution { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 10px; margin-bottom: 10px; } .distribution .card { display: flex; flex-direction: column; margin: 0; }
.distribution .plot-frame { flex: 1; grid-template-rows: minmax(clamp(84px, 100cqb - 256px, 200px), 1fr) auto; }
.bins { display: inline-flex; align-items: center; gap: 7px; color: var(--muted); font-size: 12px; }
.bins input { width: 96px; accent-color: var(--accent); cursor: pointer; } .bins output { min-width: 3ch; color: var(--text); font-variant-numeric: tabular-nums; }
.boxes { flex: 1; align-content: safe center; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 10px; align-items: center; overflow: auto; margin-top: 4px; padding: 0 4px 0 0; font-size: 11px; color: var(--muted); }
.boxes.many { max-height: clamp(130px, 100cqb - 246px, 340px); }
.box-name { font-variant-numeric: tabular-nums; } .box { display: block; width: calc(100% - 12px); height: 22px; margin-inline: 6px; overflow: visible; } .box path { vector-effect: non-scaling-stroke; }
.axis-x.box-axis { margin-inline: 6px; } .box-axis { position: sticky; bottom: 0; align-self: stretch; padding-top: 3px; background: var(--bg); font-variant-numeric: tabular-nums; }
.whisker { fill: none; stroke: var(--line-strong); stroke-width: 1.5; } .quartiles { fill: var(--accent-soft); stroke: var(--accent); stroke-width: 1.5; }
.median { fill: none; stroke: var(--accent); stroke-width: 3; } .outliers { fill: none; stroke: var(--line-strong); stroke-width: 4; stroke-linecap: round; } .cut { fill: none; stroke: var(--accent); stroke-width: 2; }
.self-test { margin: 4px 0 0; font-variant-numeric: tabular-nums; }
.macho .card.card-empty { margin: 6px 0 0; padding: 14px; }
@container (max-width: 859px) { .distribution { grid-template-columns: minmax(0, 1fr); } .figures.six { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@container (max-width: 479px) { .bins input { width: 72px; } .operations .table :is(th, td) { padding: 2px 4px; } }
`;
