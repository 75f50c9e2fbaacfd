import { InvalidArgumentError } from "commander";

/** An option of seconds, in ms. */
export function secondsAsMs(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && seconds <= 86_400) return seconds * 1_000;
  throw new InvalidArgumentError(`A number of seconds above 0, at most 86400, got ${text}.`);
}

/** An option that counts something. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from 1 to ${most}, got ${text}.`);
  };
}
