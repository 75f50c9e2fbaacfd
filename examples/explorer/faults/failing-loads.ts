import { Cache } from "macho-cache";
import { type Fault, popular } from "./fault.ts";

const REPORTS = 250;

export const failingLoads: Fault = {
  id: "failing-loads",
  title: "Failing loads",
  story: "250 reports, of which the archive makes every fourth. The archive is down, and what fails is not kept.",
  wrong: "fetchReport: 503 for every fourth report",
  right: "fetchReport: 200",
  remedy: "The archive is up again",
  start(isMended) {
    const cache = new Cache<string, string>({ maxCacheSize: 400 });
    const fetchReport = async (key: string): Promise<string> => {
      if (!isMended && Number(key.split(":")[1]) % 4 === 1) throw new Error("503: the archive is down.");
      return `The text of ${key}`;
    };
    return { cache, visit: () => cache.getOrLoad(`report:${popular(REPORTS)}`, fetchReport) };
  },
};
