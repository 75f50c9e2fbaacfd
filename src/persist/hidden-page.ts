/** Runs it when the page hides: it may never come back. Does nothing where there is no page. Returns the undo. */
export function flushWhenHidden(flush: () => void): () => void {
  const { document, window } = globalThis as Partial<Pick<typeof globalThis, "document" | "window">>;
  if (typeof document?.addEventListener !== "function") return () => undefined;
  const hide = (): void => {
    if (document.visibilityState === "hidden") flush();
  };
  document.addEventListener("visibilitychange", hide);
  window?.addEventListener?.("pagehide", flush);
  return () => {
    document.removeEventListener("visibilitychange", hide);
    window?.removeEventListener?.("pagehide", flush);
  };
}
