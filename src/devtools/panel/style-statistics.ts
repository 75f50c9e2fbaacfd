/** The Statistics page, and its part with requests. */
export const STATISTICS_STYLE: string = `
.section-head { display: flex; flex-wrap: wrap; align-items: center; gap: 0 10px; min-height: 26px; } .section-head p { margin: 0; } .section-head > :is(select, .segments, .section-controls) { margin-inline-start: auto; }
.statistics { flex: 1; min-width: 0; display: flex; flex-direction: column; } .statistics > .requests { min-height: 0; } .statistics > .segments { flex: none; padding: 8px 14px 0; }
.requests { flex: 1; min-width: 0; overflow: auto; padding: 12px 14px 16px; container-type: inline-size; }
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1px; border: 1px solid var(--line); border-radius: 10px; background: var(--line); overflow: hidden; }
.figure { display: flex; flex-direction: column; min-width: 0; padding: 7px 12px 8px; background: var(--bg); }
.figure-label { display: flex; align-items: center; gap: 6px; color: var(--muted); font-size: 12px; font-weight: 550; }
.figure-value { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.figure-value small { font-size: 12px; font-weight: 400; letter-spacing: 0; color: var(--muted); }
.figure .failed { margin-inline-start: 8px; color: var(--bad); font-weight: 600; letter-spacing: 0; }
.figure .note { margin-top: auto; }
.figures + .section-head { margin: 8px 0 6px; } .section-controls { display: inline-flex; gap: 10px; }
.charts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 10px; min-width: 0; }
@container (max-width: 859px) { .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); } .figure:last-child:nth-child(odd) { grid-column: 1 / -1; } .charts { grid-template-columns: minmax(0, 1fr); } }
@container page (max-height: 240px) and (min-width: 600px) { .figures:not(.six) { grid-template-columns: repeat(4, minmax(0, 1fr)); } .figures .note { display: none; } }
@container (max-width: 479px) { .requests { padding: 8px 10px 14px; } .card { padding: 6px 10px 8px; } .section-head > p { order: 1; flex: 1 0 100%; } .figure-value { font-size: 17px; } .figure { padding: 5px 9px 6px; } }
`;
