// What bench/panel.mjs calls in the page. Only the asked subject's code is loaded.
import { burst } from "./burst.js";
import { framesOf, openedWithin, write } from "./load.js";

const SUBJECTS = {
  cache: () => import("./subjects/cache.js"),
  client: () => import("./subjects/client.js"),
  tanstack: () => import("./subjects/tanstack.js"),
};

let subject;

globalThis.bench = {
  /** @param isMounted whether its devtools are there, closed */
  async prepare(name, keys, isMounted) {
    subject = await (await SUBJECTS[name]()).createSubject(keys);
    if (isMounted) await subject.mount();
  },
  /** The pointer comes to the button. */
  approach: () => subject.button().dispatchEvent(new PointerEvent("pointerenter")),
  open: () => openedWithin(subject),
  write: (ms) => write(subject, ms),
  writeAndCount: (ms, isOpen) => (isOpen ? framesOf(() => write(subject, ms)) : write(subject, ms)),
  burst: (isAtOnce) => burst(subject, isAtOnce),
  remember: async (load, isRecorded, count) => (await import("./memory.js")).remember(load, isRecorded, count),
  live: async (isOpen) => (await import("./memory.js")).live(isOpen),
  isLive: async (isOpen) => (await import("./memory.js")).isLive(isOpen),
};
