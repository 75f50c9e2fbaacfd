/** The page Settings: cards of switches and choices. */
export const SETTINGS_STYLE: string = `
.prefs { flex: 1; min-width: 0; overflow: auto; padding: 12px 14px; display: grid; gap: 10px; align-items: start; align-content: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.file { position: relative; display: inline-grid; place-items: center; } .file input { position: absolute; inset: 0; opacity: 0; cursor: pointer; } .file:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
.prefs h3 { margin-bottom: 4px; }
.pref { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 2px 14px; padding: 7px 0; border-top: 1px solid var(--line); } h3 + .pref { border: 0; }
.pref > span:first-child { font-weight: 550; } .pref .note { flex: 1 0 100%; } .prefs td { overflow-wrap: anywhere; } .prefs th { overflow-wrap: break-word; } .prefs th .small-button { white-space: normal; text-align: start; }
.pref .segments { flex-wrap: wrap; gap: 4px 0; } .pref ul { margin: 0; padding-inline-start: 16px; }
.switch { position: relative; width: 38px; height: 24px; border: 1px solid var(--line-strong); border-radius: 14px; background: var(--hover); cursor: pointer; padding: 0; }
.switch::after { content: ""; position: absolute; inset-block: 3px; inset-inline-start: 3px; aspect-ratio: 1; border-radius: 50%; background: var(--line-strong); }
.switch[aria-checked="true"] { background: var(--accent); border-color: var(--accent); } .switch[aria-checked="true"]::after { inset-inline: auto 3px; background: var(--on-accent); }
.macho .keys { width: 12em; padding: 0 8px; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); font: 12px var(--mono); }
@media (forced-colors: active) { .switch::after { forced-color-adjust: none; background: ButtonText; } .switch[aria-checked="true"]::after { background: Highlight; } }
`;
