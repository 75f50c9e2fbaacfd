import { useEffect, useState } from "preact/hooks";
import type { Recording } from "../recording.ts";
import { Analyst } from "./analyst.ts";
import { useNews } from "./news.ts";

/** What was recorded, analysed again while it grows. */
export function useAnalyst(recording: Recording, addStyle: (style: string) => void): Analyst {
  const [, again] = useState(0);
  const [analyst] = useState(() => new Analyst(recording, () => again((count) => count + 1), addStyle));
  analyst.recording = recording;
  useNews(recording.sampler, (news) => news === "sample" && analyst.beginInTurn());
  useEffect(() => {
    analyst.begin();
    return () => analyst.stop();
  }, [analyst]);
  return analyst;
}
