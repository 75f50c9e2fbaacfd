/**
 * What being offline means: `"online"` waits for the network, `"always"` never waits, `"offlineFirst"` tries once
 * without it, and waits before it tries again.
 */
export type NetworkMode = "online" | "always" | "offlineFirst";

/** Whether the next try waits for the network. @param failureCount tries that failed before it */
export function needsNetwork(mode: NetworkMode, failureCount: number): boolean {
  return mode === "online" || (mode === "offlineFirst" && failureCount > 0);
}
