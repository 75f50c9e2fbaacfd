import { Cache } from "macho-cache";
import { type Fault, popular } from "./fault.ts";

const MESSAGES = 300;
/** Visits from one edited message to the next. */
const VISITS = 60;

export const cleared: Fault = {
  id: "cleared",
  title: "Cleared all the time",
  story: "300 messages. After every sixtieth visit somebody edits one, and the app throws all of them away.",
  wrong: "onEdit: () => cache.clear()",
  right: "onEdit: (id, text) => cache.set(`message:${id}`, text)",
  remedy: "Store only what was edited",
  start(isMended) {
    const cache = new Cache<string, string>({ maxCacheSize: 500 });
    let visits = 0;
    const onEdit = (id: number, text: string): void => {
      if (isMended) cache.set(`message:${id}`, text);
      else cache.clear();
    };
    return {
      cache,
      visit() {
        if (++visits % VISITS === 0) onEdit(popular(MESSAGES), `The text after visit ${visits}`);
        return cache.getOrLoad(`message:${popular(MESSAGES)}`, fetchMessage);
      },
    };
  },
};

async function fetchMessage(key: string): Promise<string> {
  return `The text of ${key}`;
}
