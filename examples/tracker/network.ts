import { useEffect, useState } from "react";

/** Tells the page that the network is gone, or back, as the browser does. Macho listens to the same two events. */
export function pretendOffline(isOffline: boolean): void {
  dispatchEvent(new Event(isOffline ? "offline" : "online"));
}

export function useIsOffline(): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const hear = (event: Event): void => setOffline(event.type === "offline");
    addEventListener("offline", hear);
    addEventListener("online", hear);
    return () => {
      removeEventListener("offline", hear);
      removeEventListener("online", hear);
    };
  }, []);
  return isOffline;
}
