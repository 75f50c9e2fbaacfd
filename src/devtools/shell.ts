import { complainOnce, harmless } from "./complaint.ts";
import type { Extras } from "./extras.ts";
import { expose } from "./exposure.ts";
import { docked, type Host, lower, raise } from "./host.ts";
import type { PanelHandle } from "./panel/main.tsx";
import type { PanelSetup } from "./panel/setup.ts";
import { Room } from "./room.ts";
import { saveSettings, type Settings } from "./settings.ts";
import { BASE_STYLE, shownDock } from "./style.ts";
import { RecordTargets } from "./record-targets.ts";
import type { NamedTarget } from "./targets.ts";
import { createToggle } from "./toggle.ts";
import { followTopLayer, type TopLayer } from "./top-layer.ts";

export interface ShellParts {
  /** Imported snapshots are added to them. */
  readonly targets: [NamedTarget, ...NamedTarget[]];
  readonly host: Host;
  /** Changed in place. */
  readonly settings: Settings;
  readonly name: string;
  readonly embedded: boolean;
}

/** The toggle, and the panel once it is loaded. */
export class Shell {
  #parts: ShellParts;
  #room: Room;
  #recorder: RecordTargets;
  /** Has the command find the targets no more. */
  #hide: () => void = () => undefined;
  #frame: HTMLElement = document.createElement("div");
  #toggle: HTMLButtonElement;
  #loading: Promise<PanelHandle | undefined> | undefined;
  #panel: PanelHandle | undefined;
  /** What the panel did to the app for as long as it is there. */
  #undos = new Set<() => void>();
  #wanted = false;
  #removed = false;
  /** Nobody can scroll the page. */
  #isCovered = false;
  #topLayer: TopLayer | undefined;
  /** Closes the window of its own that the panel has. */
  #leaveWindow: (() => void) | undefined;
  /** What hears the shortcut and keeps the badge; it is loaded where there is one. */
  #extras: Extras | undefined;

  constructor(parts: ShellParts) {
    const { targets, host, name, embedded } = parts;
    this.#parts = parts;
    this.#recorder = new RecordTargets(targets);
    this.#room = new Room(host.element);
    host.sheet.add(BASE_STYLE);
    const approach = (): void => void (this.#loading ??= this.#load());
    this.#toggle = createToggle(name, () => void this.open(true), approach);
    this.#toggle.hidden = embedded;
    this.#frame.className = "macho";
    this.#frame.append(this.#toggle);
    host.root.append(this.#frame);
    this.#apply();
    harmless("the command finds nothing.", () => (this.#hide = expose(targets, name)));
    if (embedded) return;
    this.#followTopLayer();
  }

  /**
   * `focus` is for a reader who asked: a panel that opens with the page leaves the focus alone. Never rejects: a panel
   * that cannot be shown is taken away.
   */
  async open(focus: boolean): Promise<void> {
    this.#wanted = true;
    this.#panel = await (this.#loading ??= this.#load());
    try {
      this.#show(focus);
    } catch (error) {
      complainOnce("the panel failed, and was taken away. The app goes on without it.", error);
      this.remove();
    }
  }

  #show(focus: boolean): void {
    if (this.#removed || !this.#wanted || !this.#panel) return;
    if (!this.#parts.embedded) raise(this.#parts.host.element);
    this.#turn(true);
    this.#topLayer?.follow();
    this.#panel.show(focus);
    this.#fit();
  }

  close(): void {
    if (this.#leaveWindow) return this.#leaveWindow();
    this.#wanted = false;
    this.#panel?.hide();
    if (this.#parts.embedded) return;
    lower(this.#parts.host.element);
    this.#room.release();
    this.#turn(false);
    this.#toggle.focus();
  }

  /** Never throws: it is called where React unmounts. */
  remove(): void {
    this.#removed = true;
    harmless("the panel could not be closed as it should.", () => {
      this.#leaveWindow?.();
      this.#topLayer?.stop();
      this.#recorder.stop();
      this.#hide();
      this.#extras?.stop();
      this.#panel?.hide();
      for (const undo of this.#undos) undo();
      if (!this.#parts.embedded) this.#room.release();
    });
    this.#parts.host.element.remove();
  }

  /** The toggle is there while the panel is not. */
  #turn(open: boolean): void {
    const { embedded, settings, name } = this.#parts;
    // An embedded panel is open because of its page; that says nothing about a docked one.
    if (embedded) return;
    this.#toggle.hidden = open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    settings.open = open;
    saveSettings(name, settings);
    this.#applyExtras();
  }

  async #load(): Promise<PanelHandle | undefined> {
    try {
      const { createPanel } = await import("./panel/main.tsx");
      return createPanel(this.#setup());
    } catch (error) {
      complainOnce("the panel's code could not be loaded.", error);
      this.#toggle.title = `The panel could not be loaded: ${String(error)}. Press to try again.`;
      this.#loading = undefined;
      return undefined;
    }
  }

  #setup(): PanelSetup {
    const { targets, host, settings, name, embedded } = this.#parts;
    return {
      targets,
      name,
      frame: this.#frame,
      settings,
      embedded,
      undos: this.#undos,
      host,
      change: (part) => this.change(part),
      add: (target) => {
        this.#parts.targets.push(target);
        this.change({ target: target.name, page: "overview" });
      },
      isApart: () => this.#leaveWindow !== undefined,
      depart: (close, move) => this.#depart(close, move),
      fit: () => this.#fit(),
      close: () => this.close(),
    };
  }

  /** What the reader chose is remembered, and holds at once. */
  change(part: Partial<Settings>): void {
    const { name, settings } = this.#parts;
    Object.assign(settings, part);
    saveSettings(name, settings);
    this.#apply();
    this.#panel?.update();
  }

  #apply(): void {
    const { settings, embedded } = this.#parts;
    this.#frame.dataset["theme"] = settings.theme;
    if (settings.recording) this.#recorder.start();
    else this.#recorder.stop();
    if (embedded) return;
    this.#toggle.dataset["corner"] = settings.corner;
    this.#applyExtras();
  }

  /** The code for what few pages have: a badge, a shortcut, several toggles. */
  #applyExtras(): void {
    const { badge, shortcut } = this.#parts.settings;
    if (this.#extras) this.#extras.apply();
    else if (badge || shortcut !== "" || docked().length > 1) void this.#loadExtras();
  }

  async #loadExtras(): Promise<void> {
    try {
      const { Extras } = await import("./extras.ts");
      if (this.#removed) return;
      const press = (): void => (this.#toggle.hidden ? this.close() : void this.open(true));
      this.#extras ??= new Extras({ ...this.#parts, toggle: this.#toggle, press });
      this.#extras.apply();
    } catch (error) {
      complainOnce("the code for badge and shortcut could not be loaded.", error);
    }
  }

  /** Another document's elements are refused there, so that the panel is shown anew. */
  #depart(close: (() => void) | undefined, move: () => void): void {
    this.#leaveWindow = close;
    this.#topLayer?.stop();
    this.#room.release();
    this.#panel?.hide(true);
    move();
    if (this.#removed) return;
    if (!close) this.#followTopLayer();
    this.#panel?.show(true);
    this.#fit();
  }

  #followTopLayer(): void {
    this.#topLayer = followTopLayer(this.#parts.host.element, (isCovered) => this.#move(isCovered));
  }

  #move(isCovered: boolean): void {
    this.#isCovered = isCovered;
    if (isCovered) this.#room.release();
    else this.#fit();
  }

  /** Gives the panel the room that it covers. */
  #fit(): void {
    const panel = this.#frame.querySelector<HTMLElement>(".panel");
    if (this.#isCovered || this.#leaveWindow || this.#parts.embedded || !this.#wanted || this.#removed || !panel)
      return;
    const side = shownDock(this.#parts.settings.dock);
    const isUpright = side === "left" || side === "right";
    this.#room.take(side, isUpright ? panel.offsetWidth : panel.offsetHeight);
  }
}
