const MODAL = "dialog:modal";

/** Follows what is above the page. */
export interface TopLayer {
  /** Looks now: a style of the page changes without a word. */
  follow(): void;
  stop(): void;
}

/**
 * Keeps a docked host in reach. While a modal dialog makes all else of the page inert, the host is in the dialog that was
 * opened last; while an element fills the screen, in that. While `<html>` is transformed, it is above the page.
 *
 * @param moved hears whether nobody can scroll the page now
 */
export function followTopLayer(host: HTMLElement, moved: (isCovered: boolean) => void): TopLayer | undefined {
  if (!knowsModals()) return undefined;
  const home = document.documentElement;
  /** In the order of their opening, which is that of the browser's top layer. */
  let dialogs: Element[] = [];
  let isAbove = false;
  const follow = (): void => {
    const open = [...document.querySelectorAll(MODAL)];
    dialogs = [...dialogs.filter((each) => open.includes(each)), ...open.filter((each) => !dialogs.includes(each))];
    const dialog = dialogs[dialogs.length - 1];
    const place = dialog ?? filledScreen() ?? home;
    const nextAbove = dialog !== undefined || (place === home && holdsFixed(home));
    if (host.parentNode === place && isAbove === nextAbove) return;
    isAbove = nextAbove;
    move(host, place, isAbove);
    watch();
    moved(place !== home);
  };
  const observer = new MutationObserver(follow);
  const watch = (): void => {
    // A dialog can also go, or be emptied, with the host inside; only then every change of the page is looked at.
    const childList = host.parentNode !== home;
    observer.observe(document, { subtree: true, attributeFilter: ["open"], childList });
    observer.observe(home, { attributes: true });
  };
  watch();
  follow();
  document.addEventListener("fullscreenchange", follow);
  return {
    follow,
    stop() {
      observer.disconnect();
      document.removeEventListener("fullscreenchange", follow);
    },
  };
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

/** The element that fills the screen, if it shows what is in it. */
function filledScreen(): Element | undefined {
  const element = document.fullscreenElement;
  return !element || element.matches("iframe,video,canvas,img") ? undefined : element;
}

/** Whether what is fixed inside scrolls with it, instead of staying in the window. */
function holdsFixed(element: Element): boolean {
  const { transform, translate, rotate, scale, perspective, contain, willChange } = getComputedStyle(element);
  // Some further values do no such thing; above the page the panel is in reach as well. Older browsers lack some names.
  return !/^(none|auto|undefined)*$/.test(transform + translate + rotate + scale + perspective + contain + willChange);
}

function move(host: HTMLElement, place: Element, isAbove: boolean): void {
  // As a popover it is in the top layer by itself, where no transform and no overflow of the page reaches it.
  host.popover = null;
  if (host.parentNode !== place) {
    try {
      // Keeps focus and scroll positions, where the browser can.
      place.moveBefore(host, null);
    } catch {
      place.append(host);
    }
  }
  if (!isAbove || !("showPopover" in host)) return;
  host.popover = "manual";
  host.showPopover();
}
