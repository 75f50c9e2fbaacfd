/** Bars by cause, and what is hatched. */
export const LIVES_STYLE: string = `
.expiry-bars, .lives { display: flex; gap: 1px; border-bottom: 1px solid var(--line-strong); } .lives { position: absolute; inset: 0; }
.life-bar { flex: 1; display: flex; flex-direction: column-reverse; } .life-bar.pointed { background: var(--hover); } .life-bar > i { min-height: 1.5px; } .median-mark { position: absolute; inset-block: 0; border-inline-start: 2px dashed var(--text); }
.hatch { color: var(--expired); background: currentColor; --soft: color-mix(in srgb, currentColor 50%, var(--bg)); } .hatch.high { color: var(--miss); background: repeating-linear-gradient(135deg, currentColor 0 4px, var(--soft) 4px 7px); } .hatch.unseen { opacity: .65; }
.lives .hatch { color: var(--accent); } .lives .unseen { color: var(--unseen); } .lives .replaced { color: var(--replaced); background: repeating-linear-gradient(45deg, currentColor 0 3px, var(--soft) 3px 5px); } .lives .deleted { color: var(--deleted); background: repeating-linear-gradient(90deg, currentColor 0 2px, var(--soft) 2px 4px); } .lives .expired { color: var(--expired); background: repeating-linear-gradient(0deg, currentColor 0 3px, var(--soft) 3px 5px); } .lives .evicted { color: var(--evicted); background: repeating-linear-gradient(135deg, currentColor 0 3px, var(--soft) 3px 5px); }
@media (forced-colors: active) { .hatch { forced-color-adjust: none; } }
`;
