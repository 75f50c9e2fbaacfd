import { Cache } from "macho-cache";
import { type Fault, popular } from "./fault.ts";

const PRODUCTS = 2_000;

interface Product {
  readonly name: string;
  readonly price: number;
}

export const tooSmall: Fault = {
  id: "too-small",
  title: "Too small",
  story:
    "A shop with 2,000 products, of which some are asked for far more often. Nobody chose a size, so the cache holds 100.",
  wrong: "new Cache()",
  right: "new Cache({ maxCacheSize: 2_000 })",
  remedy: "Room for all products",
  start(isMended) {
    const cache = new Cache<string, Product>(isMended ? { maxCacheSize: PRODUCTS } : {});
    return { cache, visit: () => cache.getOrLoad(`product:${popular(PRODUCTS)}`, fetchProduct) };
  },
};

async function fetchProduct(key: string): Promise<Product> {
  return { name: key, price: 1 + (key.length % 9) };
}
