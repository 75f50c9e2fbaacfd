import { createElement } from "react";
import useSWR, { mutate, SWRConfig } from "swr";
import { fetcher, keyOf } from "../items.js";

const CONFIG = { revalidateIfStale: false, revalidateOnFocus: false, revalidateOnReconnect: false };

export const subject = {
  Provider: ({ children }) => createElement(SWRConfig, { value: CONFIG }, children),
  useItem: (index) => useSWR(keyOf(index), fetcher).data,
  set: (key, item) => mutate(key, item, { revalidate: false }),
};
