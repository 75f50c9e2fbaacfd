/** The Statistics page, and its part with requests. */
export const STATISTICS_STYLE: string = `
.statistics { flex: 1; min-width: 0; display: flex; flex-direction: column; } .statistics > .requests { min-height: 0; } .statistics > .segments { flex: none; padding: 8px 14px 0; }
.requests { flex: 1; min-width: 0; overflow: auto; padding: 12px 14px 16px; container-type: inline-size; scrollbar-width: thin; }
.requests:focus-visible { outline-offset: -2px; }
.requests h3 { margin: 0; font-size: 12.5px; font-weight: 650; }
.figures { display: grid; grid-template-columns: 1fr 1fr 1fr 1.4fr 1.4fr; gap: 1px; border: 1px solid var(--line); border-radius: 10px; background: var(--line); overflow: hidden; }
.figure { display: flex; flex-direction: column; min-width: 0; padding: 7px 12px 8px; background: var(--bg); }
.figure-label { display: flex; align-items: center; gap: 6px; color: var(--muted); font-size: 12px; font-weight: 550; }
.figure-value { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.figure-value small { font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.figure-parts { display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 12px; font-variant-numeric: tabular-nums; } .figure-parts .failed { color: var(--bad); font-weight: 600; }
.figure .note { margin-top: auto; }
.column > .select { justify-self: end; } .over-time .section-head { margin-bottom: 6px; }
.columns { display: grid; grid-template-columns: minmax(0, 1.9fr) minmax(0, 1fr); gap: 12px; align-items: start; }
h4 { margin: 8px 0 0; font-size: 12px; font-weight: 600; } h4 .note { font-weight: 400; }
.column, .charts { display: grid; gap: 10px; min-width: 0; } .charts { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .charts > :last-child { grid-column: 1 / -1; }
@container (max-width: 1099px) { .columns { grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); } .charts { grid-template-columns: minmax(0, 1fr); } .columns .figures { grid-template-columns: repeat(6, 1fr); } .columns .figure { grid-column: span 2; } .columns .figure:nth-child(n + 4) { grid-column: span 3; } }
@container (max-width: 859px) {
  .figures { grid-template-columns: repeat(6, 1fr); } .figure { grid-column: span 2; } .figure:nth-child(n + 4) { grid-column: span 3; }
  .columns { grid-template-columns: minmax(0, 1fr); gap: 10px; } .column { display: contents; } .over-time { order: 2; } .left-list { max-height: 230px; }
}
@container page (max-height: 240px) and (min-width: 600px) {
  .columns .figures { grid-template-columns: repeat(5, 1fr); } .columns .figure:nth-child(n) { grid-column: auto; } .columns .figure .note { display: none; }
}
@container (max-width: 479px) {
  .requests { padding: 8px 10px 14px; } .columns { gap: 8px; } .card { padding: 6px 10px 8px; } .section-head > p { order: 1; flex: 1 0 100%; } .figure-value { font-size: 17px; } .figure { padding: 5px 9px 6px; } .columns .figure:nth-child(-n + 3) .note { display: none; } h4 { margin-top: 4px; }
}
`;
