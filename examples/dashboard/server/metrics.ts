/** What the server knows of one widget. */
export interface Metric {
  readonly id: string;
  /** The last values, the newest at the end. */
  readonly history: readonly number[];
}

const LENGTH = 24;

/** A number from 0 to 1 that follows from a text alone, so that a reload shows the same past. FNV-1a. */
function chance(text: string): number {
  let hash = 2_166_136_261;
  for (let place = 0; place < text.length; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}

/** Ms for which a value stays as it is: from 5 to 60 s, so that most polls bring what is there already. */
function periodOf(id: string): number {
  return 5_000 + Math.floor(12 * chance(`${id} period`)) * 5_000;
}

/** The values of a widget up to a time in ms. */
export function metricAt(id: string, time: number): Metric {
  const last = Math.floor(time / periodOf(id));
  const base = 10 ** (2 + Math.floor(3 * chance(`${id} base`)));
  const history = Array.from({ length: LENGTH }, (_, place) => {
    const step = last - LENGTH + 1 + place;
    return Math.round(base * (1 + 0.3 * Math.sin(step / 4 + base) + 0.4 * chance(`${id} ${step}`)));
  });
  return { id, history };
}
