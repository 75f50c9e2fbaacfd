import { useEffect, useState } from "preact/hooks";
import type { Sampler, SamplerNews } from "../sampler.ts";

/** Renders again at each sample, once a second. */
export function useSamples(sampler: Sampler): void {
  const [, again] = useState(0);
  useNews(sampler, () => again((count) => count + 1));
}

/** Calls `hear` for news of the sampler while the component is there. */
export function useNews(sampler: Sampler, hear: (news: SamplerNews) => void): void {
  useEffect(() => sampler.subscribe(hear));
}
