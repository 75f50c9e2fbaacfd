/** The General page. */
export const GENERAL_STYLE: string = `
.figures.three { grid-template-columns: 1.3fr 1.3fr 1fr; margin: 0 0 10px; }
.general { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.5fr); gap: 12px; align-items: start; }
.settings { margin: 4px 0 0; }
.setting { display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: 10px; padding: 4px 0; border-top: 1px solid var(--line); }
.setting:first-child { border-top: 0; }
.setting code { font: 12px/1.5 var(--mono); color: var(--muted); } .setting dd { margin: 0; } .setting b { font-weight: 600; }
.table .full { white-space: nowrap; } .full > span:last-child { display: inline-block; min-width: 5.5ch; } .full .bar { display: inline-flex; width: 34px; margin: 0 6px 1px 0; }
@container (max-width: 859px) { .general { grid-template-columns: minmax(0, 1fr); } .figures.three { grid-template-columns: 1fr 1fr; } }
@container (max-width: 479px) { .figures.three .figure:nth-child(n) { grid-column: 1 / -1; } .setting { grid-template-columns: 96px minmax(0, 1fr); } .shards .table :is(th, td) { padding: 2px 3px; } .shards .table :is(th, td):is(:nth-child(3), :nth-child(5), :nth-child(6), :nth-child(9)), .full .bar { display: none; } }
`;
