import { useEffect, useRef, useState } from "preact/hooks";
import { pauseAfter, type Sampler, type SamplerNews } from "../sampler.ts";

/** Wall time in ms of what the sampler shows. */
export function momentOf({ samples }: Pick<Sampler, "samples">): number {
  return samples[samples.length - 1]?.at ?? Date.now();
}

/** Renders again at each sample, once a second. */
export function useSamples(sampler: Sampler): void {
  const [, again] = useState(0);
  useNews(sampler, () => again((count) => count + 1));
}

/** Calls `hear` for news of the sampler while the component is there. */
export function useNews(sampler: Sampler, hear: (news: SamplerNews) => void): void {
  useEffect(() => sampler.subscribe(hear));
}

/** What `read` gives, read again at each sample; a long reading is taken less often. Throws what `read` throws. */
export function useReading<T>(sampler: Sampler, read: () => T): T {
  const [reading, set] = useState(() => attempt(read));
  const last = useRef({ ended: 0, took: 0 });
  useNews(sampler, (news) => {
    const { ended, took } = last.current;
    const started = performance.now();
    if (news !== "sample" || started - ended < pauseAfter(took)) return;
    set(attempt(read));
    last.current = { ended: performance.now(), took: performance.now() - started };
  });
  if ("error" in reading) throw reading.error;
  return reading.value;
}

// The page shows an error that is thrown while it renders. The sampler would swallow it.
function attempt<T>(read: () => T): { value: T } | { error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}
