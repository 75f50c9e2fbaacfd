import { Cache } from "macho-cache";
import { type Fault, popular } from "./fault.ts";

const SYMBOLS = 600;

interface Quote {
  readonly symbol: string;
  readonly price: number;
}

export const shortTtl: Fault = {
  id: "short-ttl",
  title: "A ttl that is too short",
  story:
    "Quotes of 600 shares are to be kept for five minutes. The ttl was written in seconds, and it is in milliseconds.",
  wrong: "new Cache({ maxCacheSize: 1_000, ttl: 300 })",
  right: "new Cache({ maxCacheSize: 1_000, ttl: 300_000 })",
  remedy: "A ttl in milliseconds",
  start(isMended) {
    const cache = new Cache<string, Quote>({ maxCacheSize: 1_000, ttl: isMended ? 300_000 : 300 });
    return { cache, visit: () => cache.getOrLoad(`quote:${popular(SYMBOLS)}`, fetchQuote) };
  },
};

async function fetchQuote(key: string): Promise<Quote> {
  return { symbol: key, price: 100 * Math.random() };
}
