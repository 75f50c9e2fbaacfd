/** Buttons in a row, one of which is pressed. */
export const SEGMENTS_STYLE: string = `
.segments { display: inline-flex; }
.macho .segment { border-radius: 0; margin-inline-start: -1px; } .macho .segment:first-child { border-radius: 6px 0 0 6px; margin: 0; } .macho .segment:last-child { border-radius: 0 6px 6px 0; }
.segment[aria-pressed="true"] { position: relative; }
`;
