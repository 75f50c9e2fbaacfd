import type { Choice } from "../connection/running-cache.ts";
import { EXIT, type Exit } from "../exit.ts";
import { untilInterrupted } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";
import type { Sort } from "../top/view.ts";

/** What the command line of `macho top` says. */
export interface TopWishes {
  readonly choice: Choice;
  readonly filter: string;
  readonly interval: number;
  readonly record: boolean;
  readonly sort: Sort | undefined;
  readonly isJson: boolean;
  readonly count: number | undefined;
}

/** Shows a cache as it works, or prints its figures where nobody sees a screen. */
export async function runTop(wishes: TopWishes, terminal: Terminal): Promise<Exit> {
  const { choice, interval, filter, isJson, sort } = wishes;
  const isLive = terminal.isScreen && terminal.isInteractive && !isCi() && !isJson && wishes.count === undefined;
  const count = wishes.count ?? 1;
  // A record that begins with the only look at it knows nothing.
  const record = wishes.record && (isLive || count > 1);
  const plan = { choice, interval, record };
  await untilInterrupted(async (signal) => {
    if (!isLive) {
      const { printTop } = await import("../top/print-top.ts");
      return printTop({ ...plan, count, isJson, sort, filter }, terminal, signal);
    }
    // React's development build keeps the time of each render.
    process.env["NODE_ENV"] ??= "production";
    const { showTop } = await import("../top/top-screen.tsx");
    return showTop(plan, { filter, sort: sort ?? (record ? "reads" : "size") }, terminal.colors, signal);
  });
  return EXIT.done;
}

/** Where a terminal may be feigned for nobody. By the rule of ink, which draws nothing there. */
function isCi(): boolean {
  const { env } = process;
  return ["CI", "CONTINUOUS_INTEGRATION"].some((name) => name in env && env[name] !== "0" && env[name] !== "false");
}
