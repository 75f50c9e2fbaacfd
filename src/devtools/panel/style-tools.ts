/** The handle, and the tools of the header. */
export const TOOLS_STYLE: string = `
.handle { position: absolute; cursor: ns-resize; touch-action: none; z-index: 3; }
.bottom > .handle { inset: 0 0 auto 0; height: 8px; } .top > .handle { inset: auto 0 0 0; height: 8px; }
.left > .handle { inset: 0 0 0 auto; width: 8px; cursor: ew-resize; } .right > .handle { inset: 0 auto 0 0; width: 8px; cursor: ew-resize; }
.handle::after {
  content: ""; position: absolute; inset: 0; margin: auto; width: 44px; height: 3px;
  border-radius: 2px; background: var(--line-strong); opacity: .45; transition: opacity .15s;
}
:is(.left, .right) > .handle::after { width: 3px; height: 44px; }
@media (pointer: coarse) { :is(.bottom, .top) > .handle { height: 16px; } :is(.left, .right) > .handle { width: 16px; } }
.handle:hover::after, .handle:focus-visible::after { opacity: 1; }
.record { display: inline-flex; align-items: center; gap: 6px; border: 1px solid var(--line); border-radius: 6px; min-height: 26px; padding: 0 8px; background: var(--bg); color: var(--muted); cursor: pointer; white-space: nowrap; font-size: 12px; } .record:hover { background: var(--hover); } .record i { width: 8px; height: 8px; border-radius: 1px; background: var(--muted); } .record.on i { border-radius: 50%; background: var(--bad); } .record.held { color: var(--warn); background: var(--warn-soft); border-color: currentColor; font-weight: 600; } .record.held .mark { stroke: currentColor; } .meanwhile { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; } .record-time { font-variant-numeric: tabular-nums; min-width: 3ch; }
.header:has(.meanwhile) .setup-words { display: none; }
@container panel (max-width: 1079px) { .header:has(.meanwhile) { flex-wrap: wrap; } .meanwhile { order: 2; flex: 1 0 100%; padding-bottom: 4px; } .record-word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
@container panel (max-width: 899px) { .record-time { display: none; } }
`;
