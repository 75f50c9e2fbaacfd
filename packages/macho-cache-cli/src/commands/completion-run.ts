import { readdir } from "node:fs/promises";
import { type RootCommand, script, ShellCompDirective } from "@bomb.sh/tab";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { discover } from "../connection/discovery.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";
import { choiceOf, type TargetOptions } from "./target-options.ts";

/** Prints the program of a shell. */
export function sayScript(shell: "bash" | "zsh"): void {
  script(shell, "macho", "macho");
}

/** Commands whose arguments are files, which the shell itself completes. */
const WITH_FILES = new Set(["record", "export", "simulate", "migrate"]);

/** Bash completes no files where a program completes words, so both shells get them from here. */
async function sayFiles(start: string, { say }: Terminal): Promise<void> {
  const folder = start.slice(0, start.lastIndexOf("/") + 1);
  const entries = await readdir(folder || ".", { withFileTypes: true }).catch(() => []);
  const names = entries.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}`);
  // What is hidden is offered to whoever begins it.
  const offered = names.filter(
    (name) => name.startsWith(start) && (start !== folder || !name.slice(folder.length).startsWith(".")),
  );
  const isOneFolder = offered.length === 1 && offered[0]!.endsWith("/");
  const space = isOneFolder ? ShellCompDirective.ShellCompDirectiveNoSpace : 0;
  for (const name of offered) if (name === visible(name)) say(`${name}\t`);
  say(`:${ShellCompDirective.ShellCompDirectiveNoFileComp | space}`);
}

/** How long somebody waits for the names of caches after a Tab. */
const PATIENCE = 1_000;

/** Prints what the last of the words could become, by the commands of a program. */
export async function sayCompletions(program: Command, words: readonly string[], terminal: Terminal): Promise<void> {
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  const isFile = WITH_FILES.has(words[0]!) && words.length > 1 && !last.startsWith("-") && !before.startsWith("-");
  if (isFile) return sayFiles(last, terminal);
  const root = tab(program, { completionCommandName: "completion" });
  const isName = before === "--cache" || last.startsWith("--cache=") || (words[0] === "top" && words.length === 2);
  if (isName) offerNames(root, await runningNames(words));
  root.parse([...words]);
}

function offerNames(root: RootCommand, names: readonly string[]): void {
  const offer = (complete: (value: string, description: string) => void): void =>
    names.forEach((name) => complete(name, ""));
  for (const command of root.commands.values()) {
    const option = command.options.get("cache");
    if (option) option.handler = offer;
  }
  const argument = root.commands.get("top")?.arguments.get("cache");
  if (argument) argument.handler = offer;
}

/** The caches behind the port that the words name. None where nothing answers. */
async function runningNames(words: readonly string[]): Promise<string[]> {
  const port = /(?:^| )--port[ =](\d+)/.exec(words.join(" "))?.[1];
  const options = { host: "127.0.0.1", target: "", timeout: PATIENCE, ...(port && { port: [Number(port)] }) };
  const quiet = { note: () => undefined, colors: {} } as unknown as Terminal;
  const discovery = await discover(choiceOf(options satisfies TargetOptions, quiet));
  await discovery.close();
  return discovery.realms.flatMap(({ names }) => names).filter((name) => name === visible(name) && !/\s/.test(name));
}
