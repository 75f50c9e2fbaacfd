import { visible } from "../visible-text.ts";
import { usage } from "./csv-columns.ts";

/** Shares of all keys, or of their weight, where no size is named. */
const USUAL = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const MOST_SIZES = 64;

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** A size, or a share of what all keys of a trace take. */
export type SizeChoice = { readonly size: number } | { readonly share: number };

/** Sizes as somebody writes them: `100,1000,10%`, `64MiB`. @throws CommandError */
export function parseSizes(text: string): readonly SizeChoice[] {
  const sizes = text.split(",").map((part) => parseSize(part.trim()));
  if (sizes.length <= MOST_SIZES) return sizes;
  throw usage(`--size takes ${MOST_SIZES} sizes at most, got ${sizes.length}.`);
}

function parseSize(text: string): SizeChoice {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)\s*(%|[a-z]*)$/i.exec(text) ?? [];
  const number = Number(digits);
  if (unit === "%" && number > 0 && number <= 100) return { share: number / 100 };
  const size = Math.round(number * (UNITS[unit.toLowerCase()] ?? NaN));
  if (size >= 1 && Number.isSafeInteger(size)) return { size };
  throw usage(
    `A size is a whole number of 1 or more, such as 1000, 64MiB, or 10% of what all keys take, got ${visible(text) || "nothing"}.`,
  );
}

/** The sizes that are meant, the smallest first. @param all what all keys of the trace take */
export function sizesFor(choices: readonly SizeChoice[] | undefined, all: number): readonly number[] {
  const wanted = choices ?? USUAL.map((share) => ({ share }));
  const sizes = wanted.map((choice) => {
    if ("size" in choice) return choice.size;
    const size = Math.max(1, Math.round(choice.share * all));
    return choices === undefined ? rounded(size) : size;
  });
  return [...new Set(sizes)].sort((one, other) => one - other);
}

/** To two digits, which is easier to read. */
function rounded(size: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return Math.round(size / step) * step;
}
