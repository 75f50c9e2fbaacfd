#!/usr/bin/env node
import { EXIT } from "./exit.ts";
import { interrupt } from "./interruption.ts";
import { run } from "./program.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has enough, such as `head`, is no failure. What is under way may leave things in order.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    process.stderr.write(`macho: The output cannot be written: ${error.message}\n`);
    process.exit(EXIT.file);
  }
  if (!interrupt()) process.exit(EXIT.done);
});
process.stderr.on("error", () => undefined);
const words = process.argv.slice(2);
const options = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
const status = await run(words, processTerminal(options.includes("--no-color")));
// A connection that never answers must not keep the command, once all is written.
process.stdout.write("", () => process.exit(status));
