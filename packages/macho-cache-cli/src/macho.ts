#!/usr/bin/env node
import { interrupt } from "./interruption.ts";
import { run } from "./program.ts";
import { processTerminal } from "./terminal.ts";

// A reader that has enough, such as `head`, is no failure. What is under way may leave things in order.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE" || !interrupt()) process.exit(error.code === "EPIPE" ? 0 : 1);
});
const words = process.argv.slice(2);
process.exitCode = await run(words, processTerminal(words.includes("--no-color")));
