import { render } from "ink";
import type { Colors } from "../terminal.ts";
import { followTop, type TopPlan } from "./follow-top.ts";
import { ScreenStream } from "./screen-stream.ts";
import { TopApp } from "./top-app.tsx";
import { TopStore } from "./top-store.ts";
import type { View } from "./view.ts";

/**
 * Shows the live screen until somebody leaves it, or the signal aborts. The terminal is as it was afterwards, however it
 * ends.
 *
 * @throws CommandError where there is no such cache, or it does not come back
 */
export async function showTop(plan: TopPlan, view: Partial<View>, colors: Colors, signal: AbortSignal): Promise<void> {
  const quit = new AbortController();
  const store = new TopStore(view, plan.record);
  const stream = new ScreenStream(process.stdout);
  let app: ReturnType<typeof render> | undefined;
  // Not before there is something to see: that there is no cache is said on the user's own screen.
  const open = (): void => {
    if (app) return;
    stream.open();
    app = render(
      <TopApp store={store} stream={stream} hasColors={colors.isColorSupported} quit={() => quit.abort()} />,
      { stdout: stream as unknown as NodeJS.WriteStream, exitOnCtrlC: false, patchConsole: false },
    );
    // What fails while it is drawn ends the whole.
    app.waitUntilExit().catch((error: unknown) => quit.abort(error));
  };
  try {
    await followTop(plan, store, AbortSignal.any([signal, quit.signal]), open);
  } finally {
    app?.unmount();
    stream.close();
  }
  if (quit.signal.reason instanceof Error && quit.signal.reason.name !== "AbortError") throw quit.signal.reason;
}
