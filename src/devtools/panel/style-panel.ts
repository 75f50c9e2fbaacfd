import { NARROW } from "../style.ts";

/** The frame: panel, header, tabs, and the controls that both pages share. */
export const PANEL_STYLE: string = `
.panel {
  position: fixed; display: flex; flex-direction: column; max-height: 100vh; max-width: 100vw; container: panel / inline-size;
  background: var(--bg); border: 0 solid var(--line); box-shadow: var(--shadow); overflow: hidden;
}
.panel.bottom { inset: auto 0 0 0; border-top-width: 1px; } .panel.top { inset: 0 0 auto 0; border-bottom-width: 1px; }
.panel.left { inset: 0 auto 0 0; border-right-width: 1px; } .panel.right { inset: 0 0 0 auto; border-left-width: 1px; }
.panel.embedded { position: absolute; inset: 0; max-height: none; border: 1px solid var(--line); box-shadow: none; }
@media (pointer: coarse) { .bottom > .header { padding-top: 14px; } }
.header { flex: none; display: flex; align-items: center; gap: 8px; min-height: 42px; padding: 5px 10px 0 14px; border-bottom: 1px solid var(--line); background: var(--sunken); }
.brand { display: flex; align-items: center; gap: 8px; min-width: 0; margin: 0 10px 0 0; font-size: 13px; font-weight: 650; }
.brand > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 240px; } .brand .select { flex: 0 1 auto; min-width: 0; max-width: 260px; font-weight: 600; text-overflow: ellipsis; }
.tabs { position: relative; display: flex; align-self: stretch; gap: 2px; margin-inline-end: auto; }
.tab {
  position: relative; border: 0; background: none; padding: 0 12px; cursor: pointer; font-weight: 550; color: var(--muted); white-space: nowrap;
}
.tab:hover { color: var(--text); }
.tab[aria-selected="true"] { color: var(--text); }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset: auto 8px -1px 8px; height: 2px; border-radius: 2px 2px 0 0; background: var(--accent); }
h3 { margin: 0; font-size: 12.5px; font-weight: 650; } [tabindex="0"]:focus-visible { outline-offset: -2px; }
.page { flex: 1; min-height: 0; display: flex; container: page / size; }
:is(button, select, input, .small-button) { flex-shrink: 0; min-width: 24px; min-height: 24px; } @media (pointer: coarse) { :is(button, select, input, .small-button) { min-width: 28px !important; min-height: 28px !important; } }
.button, .small-button, .select, .segment, .chip { border: 1px solid var(--line); border-radius: 6px; background: var(--bg); cursor: pointer; padding: 0 10px; white-space: nowrap; } .button { min-height: 26px; }
.macho :is(.small-button, .select, .segment, .chip) { font-size: 12px; padding: 0 8px; }
:is(.button, .small-button, .segment, .chip, .select, .icon-button):hover { background: var(--hover); }
:is(.small-button, .segment, .chip)[aria-pressed="true"] {
  background: var(--accent-soft); border-color: var(--accent); color: var(--accent); font-weight: 600;
}
.macho .danger { color: var(--bad); }
.segments { display: inline-flex; }
.macho .segment { border-radius: 0; margin-inline-start: -1px; } .macho .segment:first-child { border-radius: 6px 0 0 6px; margin: 0; } .macho .segment:last-child { border-radius: 0 6px 6px 0; }
.segment[aria-pressed="true"] { position: relative; }
.icon-button { display: inline-grid; place-items: center; flex: none; width: 28px; height: 28px; border: 0; border-radius: 6px; background: none; padding: 0; cursor: pointer; color: var(--muted); }
.icon-button svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; }
.setup-words { white-space: nowrap; }
.failed-loads { margin-inline-start: 5px; padding: 0 6px; border-radius: 8px; background: var(--bad-soft); color: var(--bad); font-size: 12px; font-weight: 600; white-space: nowrap; }
.note { color: var(--muted); font-size: 12px; }
.cut-key { display: flex; } .cut-key span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .cut-key :first-child { flex: 0 1000 auto; } .cut-key :last-child { flex: 0 1 auto; }
.swatch { flex: none; display: inline-block; width: 9px; height: 9px; border-radius: 2.5px; }
.said:empty { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.empty { flex: 1; align-self: center; padding: 24px; text-align: center; color: var(--muted); }
.empty p { margin: 0 0 6px; } .empty b { color: var(--text); }
.empty code { display: inline-block; margin-top: 2px; padding: 5px 10px; border-radius: 6px; background: var(--sunken); border: 1px solid var(--line); color: var(--text); font: 12px/1.5 var(--mono); max-width: 100%; overflow-wrap: anywhere; }
.empty .button { margin-top: 6px; }
@container panel (max-width: 1079px) { .setup-words { display: none; } .tab-more { font-size: 0; } .tab { padding: 0 8px; } }
@container panel (max-width: 799px) {
  .header { flex-wrap: wrap; gap: 2px 6px; padding-inline-start: 12px; } .brand { flex: 1; min-height: 32px; }
  .tabs { order: 1; flex: 1 0 100%; min-width: 0; margin: 0 -6px; overflow-x: auto; scrollbar-width: none; } .tab { min-height: 34px; padding: 0 10px; } .macho .tab::after { bottom: 0; }
}
@container panel (max-width: 479px) { .tabs { gap: 0; } .macho .tab { flex: 1 0 auto; padding: 0 4px; font-size: 12px; } .failed-loads { margin: 0; padding: 0 4px; } }
@container panel (max-width: 419px) { .tab:first-child:nth-last-child(7), .tab:first-child:nth-last-child(7) ~ .tab { padding: 0 2px; font-size: 11px; } }
@container panel (max-width: 379px) { .brand { margin: 0; } .brand .mark { display: none; } .macho .tab { padding: 0 2px; font-size: 11px; } }
@media ${NARROW} {
  .panel.bottom { border-radius: 12px 12px 0 0; } .panel.top { border-radius: 0 0 12px 12px; }
  .panel:not(.embedded) > .handle { height: 16px; } .panel.bottom > .header { padding-top: 14px; }
}
@media (prefers-reduced-motion: reduce) { .macho *, .macho *::after { transition: none !important; animation: none !important; } }
@media (forced-colors: active) { .swatch, .bar i { forced-color-adjust: none; } .tab[aria-selected="true"]::after { background: Highlight; } }
`;
