/** A number as people write it: `12,345`; `Infinity` in a word. */
export function count(value: number): string {
  return value === Infinity ? "no bound" : value.toLocaleString("en-US");
}

/** So many of something: `1 read`, `12 reads`. */
export function many(value: number, one: string, more: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : more}`;
}

/** A share of 1, in percent: whole, with one place below 10 and above 90. */
export function percent(share: number): string {
  const points = share * 100;
  const places = (points > 0 && points < 10) || (points > 90 && points < 100) ? 1 : 0;
  return `${points.toFixed(places)}%`;
}

/** Bytes in a unit of a size that people know. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB"];
  let size = value;
  let at = 0;
  for (; size >= 1_000 && at < units.length - 1; at++) size /= 1_000;
  return `${size < 10 && at > 0 ? size.toFixed(1) : Math.round(size)} ${units[at]!}`;
}

/** Ms as people say them: `850 ms`, `12 s`, `1 m 36 s`, `2 h 5 m`. */
export function age(ms: number): string {
  if (ms === Infinity) return "for ever";
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} m` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
