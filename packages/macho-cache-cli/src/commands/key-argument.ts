import { type Command, InvalidArgumentError } from "commander";

/** What `addKeyArgument` gives a command, beside the key. */
export interface KeyOptions {
  readonly jsonKey?: true;
  readonly nth?: number;
}

/** A key, and what tells it from others that look like it. */
export function addKeyArgument(command: Command): Command {
  return command
    .argument("<key>", "a string key as it is, a number, a query key as JSON, or a key as macho keys shows it")
    .option("--json-key", 'reads the key as JSON: 1 is the number, and "1" in quotes the string')
    .option("--nth <number>", "which one, where several keys look alike", wholeNumber);
}

/** A key as it is asked for in the page. */
export function keyRequest(key: string, { jsonKey, nth }: KeyOptions): { key: string; isJson: boolean; nth?: number } {
  return { key, isJson: jsonKey === true, ...(nth !== undefined && { nth }) };
}

/** A whole number from 1 on. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError(`A whole number from 1 on, got ${text}.`);
}
