/** The advice and its evidence. */
export const EVIDENCE_STYLE: string = `
.gain { display: grid; grid-template-columns: repeat(3, auto); gap: 0 7px; align-items: baseline; white-space: nowrap; font-variant-numeric: tabular-nums; } .gain b { font-size: 21px; line-height: 1.15; font-weight: 650; letter-spacing: -.01em; } .gain b.to { color: var(--hit); } .gain span { font-size: 11px; color: var(--muted); }
.misses { border-top: 1px solid var(--line); margin: 7px -12px 0; padding: 4px 12px 0; } .misses h4 { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; margin: 0; font-size: 12px; font-weight: 650; }
.bar.causes { display: flex; gap: 2px; height: 12px; margin: 3px 0 6px; } .bar.causes i { min-width: 3px; background: currentColor; }
.bar.causes i:not(.first) { background: repeating-linear-gradient(135deg, currentColor 0 3px, color-mix(in srgb, currentColor 55%, var(--bg)) 3px 5px); }
.cause-list { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 8px; margin: 0; padding: 0; list-style: none; font-size: 12px; }
.cause-list li { display: flex; gap: 5px; align-items: center; min-height: 18px; white-space: nowrap; }
.cause-list b { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.hidden-words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.size-frame { flex: 1; display: grid; grid-template-columns: 38px minmax(0, 1fr); grid-template-rows: minmax(110px, 1fr) auto; gap: 3px 6px; font-size: 11px; color: var(--muted); font-variant-numeric: tabular-nums; margin-top: 8px; }
.size-frame .plot svg { position: absolute; inset: 0; color: var(--hit); } .size-frame .line.other { color: var(--accent); stroke-dasharray: 5 4; } .ceiling, .drop { fill: none; stroke: var(--line-strong); stroke-dasharray: 2 3; }
.mark-pin { position: absolute; width: 11px; height: 11px; transform: translate(-50%, 50%); border: 2px solid var(--bg); border-radius: 50%; background: var(--accent); } .mark-pin.knee { border-radius: 2px; rotate: 45deg; } .mark-pin.knee > span { rotate: -45deg; } .mark-pin.goal { background: var(--bg); border: 3px solid var(--hit); }
.mark-label { position: absolute; left: 12px; top: 6px; white-space: nowrap; padding: 0 3px; border-radius: 3px; color: var(--text); background: color-mix(in srgb, var(--bg) 86%, transparent); } .mark-label.before { left: auto; right: 12px; top: -14px; } .ceiling-label { left: 4px; top: auto; color: var(--muted); }
.stroke { width: 16px; border-top: 2px solid var(--hit); } .stroke.other { border-top: 2px dashed var(--accent); }
.heat-scroll { flex: 1; min-height: 0; overflow: auto; scrollbar-width: thin; } .heat { width: 100%; height: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; font-size: 12px; font-variant-numeric: tabular-nums; }
.heat th { padding: 0 2px; font-weight: 400; font-size: 11px; color: var(--muted); } .heat tbody th, .heat thead th:first-child { width: 62px; text-align: start; } .heat tbody code { font: 12px var(--mono); color: var(--text); } .heat .now-size { color: var(--text); font-weight: 600; }
.heat td { text-align: center; border-radius: 4px; padding: 0; background: rgb(var(--heat) / calc(var(--v) * .4)); } .heat .best { font-weight: 700; } .heat .best::after { content: "★"; font-size: 9px; vertical-align: 1px; margin-inline-start: 2px; } .heat .now, .frame.now { box-shadow: inset 0 0 0 2px var(--accent); } .heat .goal, .frame.goal { box-shadow: inset 0 0 0 2px var(--hit); } .frame { width: 12px; height: 12px; border-radius: 3px; }
`;
