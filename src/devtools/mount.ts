import { createHost, type Host, lower, makeRoom, raise } from "./host.ts";
import type { PanelHandle } from "./panel/main.tsx";
import type { PanelSetup } from "./panel/setup.ts";
import { DEFAULT_HEIGHT, loadSettings, saveSettings, type Settings } from "./settings.ts";
import type { DevtoolsTarget } from "./source.ts";
import { BASE_STYLE } from "./style.ts";
import { createToggle } from "./toggle.ts";

export type { DevtoolsTarget, InspectableCache, InspectableClient } from "./source.ts";

/** Where and how the devtools show. */
export interface DevtoolsOptions {
  /**
   * An element for the panel to fill: it is open from the start, and has no toggle and no Close button.
   * @defaultValue docked at the bottom of the page, with a toggle in the corner
   */
  parent?: Element | undefined;
  /**
   * Title of the panel, and the name under which its layout is remembered. Give each panel of a page its own.
   * @defaultValue ""
   */
  name?: string | undefined;
  /**
   * Whether the panel is open before the reader ever opened or closed it; afterwards their choice is remembered.
   * @defaultValue false
   */
  initialIsOpen?: boolean | undefined;
}

/**
 * Shows the devtools of a cache or a query client. Looking never changes the cache.
 * The panel's code is loaded when it first opens. Without a document, as on a server, nothing happens.
 *
 * @param target a `Cache` or a `QueryClient`
 * @param options see {@link DevtoolsOptions}; an element is short for `{ parent: element }`
 * @returns the undo: afterwards no element, listener or timer is left
 */
export function mountDevtools(target: DevtoolsTarget, options: DevtoolsOptions | Element = {}): () => void {
  return mount(target, options, false);
}

/** Macho's name for the devtools, opened at once, whatever was remembered. Returns its undo. */
export function launchDashboard(target: DevtoolsTarget, options: DevtoolsOptions | Element = {}): () => void {
  return mount(target, options, true);
}

function mount(target: DevtoolsTarget, given: DevtoolsOptions | Element, forceOpen: boolean): () => void {
  if (typeof document === "undefined") return () => undefined;
  const options: DevtoolsOptions = "nodeType" in given ? { parent: given } : given;
  const name = options.name ?? "";
  const host = createHost(options.parent);
  const settings: Settings = {
    page: "requests",
    height: DEFAULT_HEIGHT,
    theme: "system",
    open: options.initialIsOpen ?? false,
    ...loadSettings(name),
  };
  const shell = new Shell(target, host, settings, name, options.parent !== undefined);
  if (forceOpen || settings.open || options.parent) void shell.open(false);
  return () => shell.remove();
}

/** The toggle, and the panel once it is loaded. */
class Shell {
  #target: DevtoolsTarget;
  #host: Host;
  #settings: Settings;
  #name: string;
  #embedded: boolean;
  #frame: HTMLElement = document.createElement("div");
  #toggle: HTMLButtonElement;
  #loading: Promise<PanelHandle | undefined> | undefined;
  #panel: PanelHandle | undefined;
  #wanted = false;
  #removed = false;

  constructor(target: DevtoolsTarget, host: Host, settings: Settings, name: string, embedded: boolean) {
    this.#target = target;
    this.#host = host;
    this.#settings = settings;
    this.#name = name;
    this.#embedded = embedded;
    host.sheet.replaceSync(BASE_STYLE);
    this.#toggle = createToggle(name, host.place, () => void this.open(true));
    this.#toggle.hidden = embedded;
    this.#frame.className = "macho";
    this.#frame.dir = "ltr";
    this.#frame.dataset["theme"] = settings.theme;
    this.#frame.append(this.#toggle);
    host.root.append(this.#frame);
  }

  /** `focus` is for a reader who asked: a panel that opens with the page leaves the focus alone. */
  async open(focus: boolean): Promise<void> {
    this.#wanted = true;
    this.#panel = await (this.#loading ??= this.#load());
    if (this.#removed || !this.#wanted || !this.#panel) return;
    if (!this.#embedded) raise(this.#host.element);
    this.#toggle.hidden = true;
    this.#toggle.setAttribute("aria-expanded", "true");
    this.#panel.show(focus);
    this.#makeRoom();
    this.#remember(true);
  }

  close(): void {
    this.#wanted = false;
    this.#panel?.hide();
    lower(this.#host.element);
    makeRoom(this.#host.element, 0);
    this.#toggle.hidden = false;
    this.#toggle.setAttribute("aria-expanded", "false");
    this.#toggle.focus();
    this.#remember(false);
  }

  remove(): void {
    this.#removed = true;
    this.#panel?.hide();
    this.#host.element.remove();
  }

  async #load(): Promise<PanelHandle | undefined> {
    try {
      const { createPanel } = await import("./panel/main.tsx");
      return createPanel(this.#setup());
    } catch (error) {
      this.#toggle.title = `The panel could not be loaded: ${String(error)}. Press to try again.`;
      this.#loading = undefined;
      return undefined;
    }
  }

  #setup(): PanelSetup {
    return {
      target: this.#target,
      name: this.#name,
      frame: this.#frame,
      sheet: this.#host.sheet,
      settings: this.#settings,
      embedded: this.#embedded,
      save: () => this.#save(),
      close: () => this.close(),
    };
  }

  #save(): void {
    saveSettings(this.#name, this.#settings);
    // The panel shows its new height with its next frame.
    requestAnimationFrame(() => this.#makeRoom());
  }

  #makeRoom(): void {
    if (this.#embedded || !this.#wanted || this.#removed) return;
    const panel = this.#frame.querySelector<HTMLElement>(".panel");
    makeRoom(this.#host.element, panel?.offsetHeight ?? 0);
  }

  #remember(open: boolean): void {
    // An embedded panel is open because of its page; that says nothing about a docked one.
    if (this.#embedded) return;
    this.#settings.open = open;
    saveSettings(this.#name, this.#settings);
  }
}
