/** The Overview page. */
export const OVERVIEW_STYLE: string = `
.overview { flex: 1; min-width: 0; overflow: auto; padding: 10px 14px 12px; display: flex; flex-direction: column; gap: 10px; container-type: inline-size; }
.diagnosis { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 2px 18px; align-items: center; padding: 8px 10px 8px 14px; border-radius: 10px; background: var(--calm-soft); } .diagnosis p { margin: 0; text-wrap: pretty; }
.diagnosis.change { background: var(--warn-soft); } .diagnosis.good { background: var(--good-soft); }
.verdict { font-size: 14px; font-weight: 650; } .evidence { font-size: 12px; color: var(--muted); margin-top: 1px; } .remedy { font-size: 12.5px; margin-top: 3px; overflow-wrap: anywhere; } .evidence code { font: 600 12px var(--mono); color: var(--text); }
.actions { display: flex; gap: 6px; flex-wrap: wrap; } .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.cards { flex: 1; display: grid; grid-template-columns: minmax(0, 1.05fr) minmax(0, 1.1fr) minmax(0, 1fr) minmax(0, 1.4fr); gap: 10px; min-height: 0; } .cards.few { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .cards > .card { display: flex; flex-direction: column; min-height: 0; }
.overview .card-head { flex-wrap: nowrap; } .overview .card-head > h3 { white-space: nowrap; } .overview .card-head > .note { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.overview .chart .plot-frame { flex: 1; grid-template-rows: minmax(44px, 1fr) auto; }
.ratio-now { margin: 0; font-size: 20px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; } .ratio-now .note { font-weight: 400; }
.sign.filled { fill: currentColor; }
.macho .key-button { display: block; width: 100%; padding: 0; border: 0; overflow: hidden; text-overflow: ellipsis; background: none; font: 12px/1.5 var(--mono); text-align: start; cursor: pointer; } .key-button:hover { text-decoration: underline; } .key-button:focus-visible { outline-offset: -2px; }
.left-card .table-scroll { flex: 1 1 90px; min-height: 90px; max-height: 460px; }
.left-card .table { table-layout: fixed; } .left-card :is(th, td) { padding: 0 3px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; } .left-card :is(th, td):nth-child(-n + 3) { text-align: start; } .left-card th { color: var(--muted); }
.left-card thead :nth-child(1) { width: 62px; } .left-card thead :nth-child(3) { width: 80px; } .left-card thead :nth-child(4) { width: 58px; } .left-card thead :nth-child(5) { width: 46px; }
@container (max-width: 1079px) { .cards { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .cards > .card { min-height: 260px; } .cards > :first-child { min-height: 290px; } }
@container (max-width: 719px) {
  .cards, .cards.few { grid-template-columns: minmax(0, 1fr); } .diagnosis { grid-template-columns: minmax(0, 1fr); gap: 8px; } .actions > * { flex: 1; } .overview { padding: 10px; }
}
`;
