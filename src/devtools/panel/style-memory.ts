/** The page Memory and shards. */
export const MEMORY_STYLE: string = `
.memory-cards { display: flex; flex-wrap: wrap; gap: 10px; } .memory-cards > * { flex: 1 1 330px; display: flex; flex-direction: column; } .memory-cards > :first-child { flex-grow: 1.4; } .memory-cards > .wide { flex-basis: 100%; min-width: 0; } .wide > .card { flex: 1; } .memory .chart .plot-frame { grid-template-rows: minmax(56px, 1fr) auto; }
.memory .card-head { flex-wrap: wrap; } .memory .hint { margin: 5px 0 0; font-size: 12px; text-wrap: pretty; } .hint code { font: 12px var(--mono); } .heavy { color: var(--warn); font-weight: 600; }
.memory .table :is(td, th) { padding: 0 4px; white-space: nowrap; } .groups tbody :is(th, td) { border: 0; } .groups tbody th { max-width: clamp(72px, 24cqi, 110px); overflow: hidden; text-overflow: ellipsis; } .memory .table code { font: 12px var(--mono); } .memory .groups :is(th, td):nth-child(2) { width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis; text-align: start; }
.group-bar { display: block; width: 100%; min-width: 40px; padding: 3px 0; border: 0; border-radius: 4px; background: none; cursor: pointer; } .group-bar:disabled { cursor: default; } .group-bar:hover:enabled { background: var(--hover); }
.group-bar .bar { height: 10px; margin: 0; } .group-bar .hits { height: 4px; margin-top: 3px; }
.shard-bars { flex: 1; display: flex; gap: 3px; align-items: stretch; min-height: 88px; margin-top: 4px; font-size: 11px; color: var(--muted); font-variant-numeric: tabular-nums; } .shard-bar { flex: 1; min-width: 0; display: flex; flex-direction: column; justify-content: end; text-align: center; } .shard-bar b { color: var(--text); font-weight: 600; }
.shard-bar i { flex: 0 1 auto; min-height: 1px; border-radius: 3px 3px 0 0; background: var(--accent); opacity: .6; } .shard-bar.hot i { opacity: 1; }
.health { margin: 2px 0 4px; font-size: 12.5px; } .health div { display: flex; justify-content: space-between; gap: 8px; padding: 2px 0; } .health dt { color: var(--muted); } .health dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.bar.fill { position: relative; height: 8px; overflow: visible; } .bar.fill i { border-radius: 3px; } .bar.fill u { position: absolute; inset-block: -3px; width: 2px; background: var(--text); }
.expiry-bars button { flex: 1; display: flex; align-items: end; min-width: 0; padding: 0; border: 0; background: none; cursor: pointer; } .expiry-bars button:hover { background: var(--hover); } .expiry-bars i { flex: 1; border-radius: 2px 2px 0 0; }
@media (forced-colors: active) { .shard-bar i, .bar.fill u { forced-color-adjust: none; } }
`;
