const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1, notation: "compact" });
const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

const SECOND = 1_000;

/** `1,234`. */
export function count(value: number): string {
  return value === Infinity ? "unbounded" : whole.format(value);
}

/** `1.2K`, for axes. */
export function axisNumber(value: number): string {
  return value < 1_000 ? short.format(value) : compact.format(value);
}

/** `62.5%`; a dash when there is no ratio. */
export function percent(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined) return "–";
  // 99.96 % is not "100%", and 0.04 % is not "0%": the ends are kept for the exact values.
  const shown = ratio > 0 && ratio < 1 ? Math.min(99.9, Math.max(0.1, ratio * 100)) : ratio * 100;
  return `${short.format(shown)}%`;
}

/** A length of time in whole units, at most two: `12 ms`, `1.5 s`, `10 min`, `1 m 36 s`, `6 h 18 m`. */
export function duration(ms: number): string {
  if (ms === Infinity) return "never";
  if (ms < SECOND) return `${whole.format(ms)} ms`;
  if (ms < 10 * SECOND) return `${short.format(ms / SECOND)} s`;
  // Rounded before it is divided, so that no part reads "60".
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return twoUnits(seconds, 60, "min", "s");
  const minutes = Math.round(seconds / 60);
  return minutes < 1_440 ? twoUnits(minutes, 60, "h", "m") : twoUnits(Math.round(minutes / 60), 24, "d", "h");
}

function twoUnits(total: number, per: number, large: string, small: string): string {
  const rest = total % per;
  const most = count((total - rest) / per);
  // A lone "m" would be read as metres.
  return rest === 0 ? `${most} ${large}` : `${most} ${large[0]} ${rest} ${small}`;
}

/** Like `duration`, also far below a ms: `0.42 µs`, `1.3 ms`. */
export function fineDuration(ms: number): string {
  if (ms >= 100 || ms === 0) return duration(ms);
  if (ms >= 1) return `${digits.format(ms)} ms`;
  return ms >= 0.001 ? `${digits.format(ms * 1_000)} µs` : `${digits.format(ms * 1_000_000)} ns`;
}

const BYTE_UNITS = ["B", "kB", "MB", "GB"] as const;

/** `1.24 MB`, by thousands. */
export function bytes(value: number): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${digits.format(value / 1_000 ** power)} ${BYTE_UNITS[power]}`;
}

/** How long ago `at` was, in wall ms; a dash for 0, which means never. */
export function ago(at: number, now: number): string {
  if (at === 0) return "–";
  const age = Math.max(0, now - at);
  return age < SECOND ? "just now" : `${duration(age)} ago`;
}

/** In the place of bytes that are not estimated. */
export const BYTES_OFF: string = "The byte estimate is off in Settings.";

/** `14:02:31`, local time. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** `1 key`, `2 keys`. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
