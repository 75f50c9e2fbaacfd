const UNITS: readonly { name: string; ms: number }[] = [
  { name: "d", ms: 86_400_000 },
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1_000 },
  { name: "ms", ms: 1 },
];

const MOST_DIGITS = 3;

/** Times of one axis in one unit, with as many digits as tell `step` apart: `1.25 s`, `1.50 s`. */
export function timeScale(highest: number, step: number): (ms: number) => string {
  const unit = UNITS.find(({ ms }) => highest >= 2 * ms) ?? { name: "ms", ms: 1 };
  const wanted = Math.ceil(-Math.log10(step / unit.ms));
  const digits = Math.max(0, Math.min(MOST_DIGITS, Number.isFinite(wanted) ? wanted : 0));
  const number = new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (ms) => `${number.format(ms / unit.ms)} ${unit.name}`;
}
