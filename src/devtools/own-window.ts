// The panel in a window of its own. Loaded with the tools of the header.
import { harmless } from "./complaint.ts";
import { dock, type Host } from "./host.ts";
import { ownWindows } from "./sampler.ts";

const WIDTH = 900;
const HEIGHT = 600;

/** What only some browsers have: a window that stays above the others. */
interface PictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window>;
}

/** A window for the panel; `undefined` where the browser blocks it. It must be asked for by a press of the reader. */
async function openWindow(): Promise<Window | undefined> {
  const { documentPictureInPicture: above } = window as { documentPictureInPicture?: PictureInPicture };
  try {
    if (above) return await above.requestWindow({ width: WIDTH, height: HEIGHT });
  } catch {
    // In a frame there is none.
  }
  return window.open("", "", `popup,width=${WIDTH},height=${HEIGHT}`) ?? undefined;
}

interface Departure {
  host: Host;
  title: string;
  /** Lets the host be moved, and hears what closes the window that it went to; nothing when it comes back. */
  depart: (close: (() => void) | undefined, move: () => void) => void;
}

/**
 * Moves a host into a window of its own, until that is closed; the page takes it along. Gives `false` where the browser
 * blocks it.
 */
export async function popOut({ host, title, depart }: Departure): Promise<boolean> {
  const own = await openWindow();
  if (!own) return false;
  const { document: there } = own;
  there.title = title;
  there.documentElement.lang = "en";
  there.body.style.margin = "0";
  // The panel's parts were made for the page: the registry of its custom elements, which goes along, is refused there.
  const create = there.createElementNS.bind(there) as (namespace: string, name: string) => Element;
  Object.assign(there, { createElementNS: (namespace: string, name: string) => create(namespace, name) });
  ownWindows.add(own);
  const close = (): void => own.close();
  const comeBack = (): void => {
    removeEventListener("pagehide", close);
    if (!ownWindows.delete(own)) return;
    harmless("the panel could not come back to its page.", () =>
      depart(undefined, () => settle(host, document.documentElement, () => dock(host.element))),
    );
  };
  own.addEventListener("pagehide", comeBack);
  addEventListener("pagehide", close);
  const leave = (): void => {
    comeBack();
    close();
  };
  own.focus();
  depart(leave, () => settle(host, there.body, () => host.element.style.setProperty("inset", "0", "important")));
  return true;
}

/** Another document's sheets are refused, so that its styles are made anew there. */
function settle(host: Host, place: Element, style: () => void): void {
  const { element, sheet } = host;
  element.popover = null;
  place.append(element);
  element.style.removeProperty("inset");
  element.style.setProperty("height", "auto", "important");
  element.style.setProperty("position", "fixed", "important");
  style();
  sheet.renew();
}
