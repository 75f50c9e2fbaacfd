import { useEffect, useState } from "react";
import type { Traffic } from "./server/traffic.ts";

export type TrafficNews = Pick<Traffic, "total" | "aborted" | "controls">;

/** What the server says about its own traffic: pushed over one stream, so that watching adds no request. */
export function useTraffic(): TrafficNews | undefined {
  const [traffic, setTraffic] = useState<TrafficNews>();
  useEffect(() => {
    const stream = new EventSource("/api/stats/stream");
    stream.addEventListener("message", (event: MessageEvent<string>) => {
      setTraffic(JSON.parse(event.data) as TrafficNews);
    });
    return () => stream.close();
  }, []);
  return traffic;
}
