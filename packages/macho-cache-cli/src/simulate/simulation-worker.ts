import { parentPort } from "node:worker_threads";
import { simulate } from "./simulation.ts";
import type { Answer, Job } from "./simulations.ts";

// A thread that simulates what it is told, one pass after the other. It reads the spool by the file of the process.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
const tell = (answer: Answer): void => parentPort?.postMessage(answer);

parentPort?.on("message", ({ place, simulation }: Job) => {
  const steps = simulate(place, simulation);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return tell({ points: value });
    tell({ requests: value });
  }
});
