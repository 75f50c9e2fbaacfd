const MODAL = "dialog:modal";

/**
 * Keeps a docked host in reach while a modal dialog makes all else of the page inert: moves it into the dialog that
 * was opened last, and back when that is gone. Returns the undo.
 *
 * @param moved hears whether the host is in a dialog now
 */
export function followModals(host: HTMLElement, moved: (isInDialog: boolean) => void): () => void {
  if (!knowsModals()) return () => undefined;
  const home = document.documentElement;
  /** In the order of their opening, which is that of the browser's top layer. */
  let dialogs: Element[] = [];
  const follow = (): void => {
    const open = [...document.querySelectorAll(MODAL)];
    dialogs = [...dialogs.filter((each) => open.includes(each)), ...open.filter((each) => !dialogs.includes(each))];
    const place = dialogs[dialogs.length - 1] ?? home;
    if (host.parentNode === place) return;
    move(host, place, place !== home);
    watch();
    moved(place !== home);
  };
  const observer = new MutationObserver(follow);
  const watch = (): void => {
    // A dialog can also go, or be emptied, with the host inside; only then every change of the page is looked at.
    const childList = host.parentNode !== home;
    observer.observe(document, { subtree: true, attributeFilter: ["open"], childList });
  };
  watch();
  follow();
  return () => observer.disconnect();
}

/** A browser that does not know the selector throws; what is not a browser may lack the observer. */
function knowsModals(): boolean {
  try {
    document.querySelector(MODAL);
    return typeof MutationObserver === "function";
  } catch {
    return false;
  }
}

function move(host: HTMLElement, place: Element, isDialog: boolean): void {
  // As a popover it is in the top layer by itself, where no transform and no overflow of the dialog reaches it.
  if (host.popover) host.hidePopover();
  host.popover = null;
  try {
    // Keeps focus and scroll positions, where the browser can.
    place.moveBefore(host, null);
  } catch {
    place.append(host);
  }
  if (!isDialog || !("showPopover" in host)) return;
  host.popover = "manual";
  host.showPopover();
}
