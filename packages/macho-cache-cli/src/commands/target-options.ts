import { type Command, InvalidArgumentError, Option } from "commander";
import type { Choice } from "../connection/running-cache.ts";
import type { Terminal } from "../terminal.ts";
import { secondsAsMs } from "./numbers.ts";

/** The ports at which Chrome and Node listen for debuggers unless they are told otherwise. */
const PORTS = [9222, 9229];
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** What `addTargetOptions` gives a command. */
export interface TargetOptions {
  readonly host: string;
  readonly port?: readonly number[];
  readonly target: string;
  readonly timeout: number;
}

/** Options of every command that speaks with a page or process. */
export function addTargetOptions(command: Command): Command {
  return command
    .option("--port <number>", "port of Chrome's or Node's debugger (default: 9222 and 9229)", collectPorts)
    .addOption(
      new Option("--host <name>", "where that port is; anything but this machine is warned of")
        .argParser(hostOf)
        .default("127.0.0.1", "127.0.0.1"),
    )
    .option("--target <text>", "part of the title or address of the page, worker or process, or its id", "")
    .addOption(
      new Option("--timeout <seconds>", "how long an answer may take").argParser(secondsAsMs).default(5_000, "5"),
    );
}

/** The same, and the name of a cache. */
export function addCacheOptions(command: Command): Command {
  return addTargetOptions(command).option("--cache <name>", "which cache, where there are several", "");
}

/** What the options of a command say. Warns of a host that is not this machine. */
export function choiceOf(options: TargetOptions & { readonly cache?: string }, { note, colors }: Terminal): Choice {
  const { host, port = PORTS, target, timeout, cache = "" } = options;
  if (!LOOPBACK.test(host)) {
    note(
      `${colors.yellow("Warning:")} ${host} is not this machine. Whoever reaches that port controls the page or process, and what it sends is not encrypted.`,
    );
  }
  return { host, ports: port, target, timeout, cache };
}

function hostOf(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("A host is a name or an address, such as 127.0.0.1.");
}

function collectPorts(text: string, before: readonly number[] = []): readonly number[] {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return [...new Set([...before, port])];
  throw new InvalidArgumentError(`A port is a whole number from 1 to 65535, got ${text}.`);
}
