import { complainOnce, harmless } from "./complaint.ts";
import { type Host, lower, raise } from "./host.ts";
import type { PanelHandle } from "./panel/main.tsx";
import type { PanelSetup } from "./panel/setup.ts";
import { Room } from "./room.ts";
import { saveSettings, type Settings } from "./settings.ts";
import { BASE_STYLE, isNarrow } from "./style.ts";
import { RecordTargets } from "./record-targets.ts";
import type { NamedTarget } from "./targets.ts";
import { createToggle } from "./toggle.ts";
import { followTopLayer, type TopLayer } from "./top-layer.ts";

export interface ShellParts {
  readonly targets: readonly [NamedTarget, ...NamedTarget[]];
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

  constructor(parts: ShellParts) {
    const { targets, host, settings, name, embedded } = parts;
    this.#parts = parts;
    this.#recorder = new RecordTargets(targets);
    this.#room = new Room(host.element);
    host.sheet.replace(BASE_STYLE);
    this.#toggle = createToggle(name, host.place, () => void this.open(true));
    this.#toggle.hidden = embedded;
    this.#frame.className = "macho";
    this.#frame.dir = "ltr";
    this.#frame.dataset["theme"] = settings.theme;
    this.#frame.append(this.#toggle);
    host.root.append(this.#frame);
    if (!embedded) this.#topLayer = followTopLayer(host.element, (isCovered) => this.#move(isCovered));
    if (settings.recording) this.#recorder.start();
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
    this.#toggle.hidden = true;
    this.#toggle.setAttribute("aria-expanded", "true");
    this.#topLayer?.follow();
    this.#panel.show(focus);
    this.#fit();
    this.#remember(true);
  }

  close(): void {
    this.#wanted = false;
    this.#panel?.hide();
    lower(this.#parts.host.element);
    this.#room.release();
    this.#toggle.hidden = false;
    this.#toggle.setAttribute("aria-expanded", "false");
    this.#toggle.focus();
    this.#remember(false);
  }

  /** Never throws: it is called where React unmounts. */
  remove(): void {
    this.#removed = true;
    harmless("the panel could not be closed as it should.", () => {
      this.#topLayer?.stop();
      this.#recorder.stop();
      this.#panel?.hide();
      for (const undo of this.#undos) undo();
      if (!this.#parts.embedded) this.#room.release();
    });
    this.#parts.host.element.remove();
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
      sheet: host.sheet,
      settings,
      embedded,
      undos: this.#undos,
      save: () => saveSettings(name, settings),
      record: (isOn) => this.#record(isOn),
      fit: () => this.#fit(),
      close: () => this.close(),
    };
  }

  #record(isOn: boolean): void {
    const { name, settings } = this.#parts;
    settings.recording = isOn;
    saveSettings(name, settings);
    if (isOn) this.#recorder.start();
    else this.#recorder.stop();
  }

  #move(isCovered: boolean): void {
    this.#isCovered = isCovered;
    if (isCovered) this.#room.release();
    else this.#fit();
  }

  /** Gives the panel the room that it covers. */
  #fit(): void {
    const panel = this.#frame.querySelector<HTMLElement>(".panel");
    if (this.#isCovered || this.#parts.embedded || !this.#wanted || this.#removed || !panel) return;
    // On a narrow window the panel is a sheet at the bottom, wherever it is docked.
    const side = isNarrow() ? "bottom" : this.#parts.settings.dock;
    const isUpright = side === "left" || side === "right";
    this.#room.take(side, isUpright ? panel.offsetWidth : panel.offsetHeight);
  }

  #remember(open: boolean): void {
    const { embedded, settings, name } = this.#parts;
    // An embedded panel is open because of its page; that says nothing about a docked one.
    if (embedded) return;
    settings.open = open;
    saveSettings(name, settings);
  }
}
