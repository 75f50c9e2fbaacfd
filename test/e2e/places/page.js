import { exercise } from "./exercise.js";

const inWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker("worker.js", { type: "module" });
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(`worker: ${message}`)));
  });

const inServiceWorker = async () => {
  await navigator.serviceWorker.register("service-worker.js", { type: "module" });
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", ({ data }) => resolve(data));
    port1.start();
    active.postMessage("run", [port2]);
  });
};

const evals = () => {
  try {
    return Reflect.construct(Function, ["return 1"])();
  } catch {
    return "forbidden";
  }
};

window.results = Promise.all([exercise(), inWorker(), inServiceWorker(), evals()]);
