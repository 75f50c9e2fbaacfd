const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** Shares of 1 as bars of their height. What is not known is a gap. */
export function sparkline(shares: readonly (number | null)[]): string {
  return shares
    .map((share) => {
      if (share === null) return " ";
      return BARS[Math.min(BARS.length - 1, Math.max(0, Math.floor(share * BARS.length)))]!;
    })
    .join("");
}

/** A share of 1 as a bar in so many cells. */
export function shareBar(share: number, cells: number): { readonly full: string; readonly rest: string } {
  const full = Math.min(cells, Math.max(share > 0 ? 1 : 0, Math.round(share * cells)));
  return { full: "█".repeat(full), rest: "░".repeat(cells - full) };
}
