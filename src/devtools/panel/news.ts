import { useEffect, useRef, useState } from "preact/hooks";
import type { Sampler, SamplerNews } from "../sampler.ts";

/** A long reading is taken less often, so that it takes at most this part of the time. */
const SHARE_OF_TIME = 1 / 20;

/** Renders again at each sample, once a second. */
export function useSamples(sampler: Sampler): void {
  const [, again] = useState(0);
  useNews(sampler, () => again((count) => count + 1));
}

/** Calls `hear` for news of the sampler while the component is there. */
function useNews(sampler: Sampler, hear: (news: SamplerNews) => void): void {
  useEffect(() => sampler.subscribe(hear));
}

/** What `read` gives, read again at news of the kind `heard`, or at any; `refresh` reads at once. */
export function useReading<T>(
  sampler: Sampler,
  read: () => T,
  heard?: SamplerNews,
): { reading: T; refresh: () => void } {
  const [reading, set] = useState(read);
  const last = useRef({ ended: 0, took: 0 });
  const refresh = (): void => {
    const started = performance.now();
    const next = read();
    set(() => next);
    last.current = { ended: performance.now(), took: performance.now() - started };
  };
  useNews(sampler, (news) => {
    const { ended, took } = last.current;
    if (heard !== undefined && news !== heard) return;
    if (performance.now() - ended >= took / SHARE_OF_TIME) refresh();
  });
  return { reading, refresh };
}
