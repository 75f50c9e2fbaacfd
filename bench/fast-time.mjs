/**
 * Runs in a page before the code that is measured: from then on its time moves by `advance(ms)` alone, as fast as the page can. Timers
 * run in their order, each in a task of its own. It is sent as text, so it knows nothing of this file.
 */
export function hurry() {
  const began = Date.now();
  const timers = new Map();
  const { port1, port2 } = new MessageChannel();
  port1.start();
  let now = 0;
  let last = 0;
  const add = (run, ms, again) => {
    timers.set(++last, { at: now + Math.max(1, ms ?? 0), run, again });
    return last;
  };
  const next = (end) => {
    let found;
    for (const [id, { at }] of timers) if (at <= end && (!found || at < found.at)) found = { id, at };
    return found;
  };
  const aTask = () =>
    new Promise((resolve) => {
      port1.addEventListener("message", resolve, { once: true });
      port2.postMessage(0);
    });
  globalThis.setTimeout = (run, ms, ...given) => add(() => run(...given), ms);
  globalThis.setInterval = (run, ms) => add(run, ms, Math.max(1, ms));
  globalThis.clearTimeout = globalThis.clearInterval = (id) => timers.delete(id);
  globalThis.requestAnimationFrame = (run) => add(() => run(now), 16);
  globalThis.cancelAnimationFrame = (id) => timers.delete(id);
  Date.now = () => began + now;
  performance.now = () => now;
  globalThis.advance = async (ms) => {
    const end = now + ms;
    for (let due = next(end); due; due = next(end)) {
      const { run, again } = timers.get(due.id);
      now = due.at;
      if (again === undefined) timers.delete(due.id);
      else timers.get(due.id).at += again;
      run();
      await aTask();
    }
    now = end;
  };
}
