// What the panel remembers. Storage may be missing, full or forbidden; the panel works without it.

export const THEMES = ["system", "light", "dark"] as const;
/** `system` follows the reader's choice for light or dark. */
type Theme = (typeof THEMES)[number];

export const PAGE_NAMES = ["overview", "entries", "loads", "memory", "storage", "settings", "statistics"] as const;
export type PageName = (typeof PAGE_NAMES)[number];

export const DOCKS = ["bottom", "top", "left", "right"] as const;
/** The side of the page that the panel is docked to. */
export type Dock = (typeof DOCKS)[number];

export const CORNERS = ["bottom-end", "bottom-start", "top-end", "top-start"] as const;
/** The corner of the window in which the toggle stands. `end` is the right where a page is written from left to right. */
export type Corner = (typeof CORNERS)[number];

/** A letter or a digit with Ctrl, Alt or Meta, or a function key; Shift may be added. */
const SHORTCUT = /^$|^(?=.*(Ctrl|Alt|Meta|F\d))((Ctrl|Alt|Shift|Meta)\+)*([A-Z\d]|F\d\d?)$/;

/** Whether it can open the panel: a key as `Alt+Shift+M`, or "" for none. */
export function isShortcut(text: unknown): boolean {
  return typeof text === "string" && SHORTCUT.test(text);
}

export interface Settings {
  open: boolean;
  page: PageName;
  dock: Dock;
  /** In CSS pixels, while the panel is docked at the bottom or the top; 0 until the reader chose. */
  height: number;
  /** In CSS pixels, while it is docked at the left or the right; 0 until the reader chose. */
  width: number;
  /** Height in CSS pixels on a narrow window, where the panel is a sheet; 0 until the reader chose. */
  sheet: number;
  theme: Theme;
  corner: Corner;
  /** The key that opens and closes the panel, as `Alt+Shift+M`; "" for none. */
  shortcut: string;
  /** Whether the toggle shows the hit ratio. */
  badge: boolean;
  /** Whether accesses and departures are recorded from the mount on. */
  recording: boolean;
  /** Whether bytes are estimated, for which values are looked into. */
  estimates: boolean;
  /** Name of the cache that is shown, where there are several; "" is the first. */
  target: string;
  /** What the keys of Entries are gathered by; "" until the reader chose. */
  grouping: string;
}

/** What shows before the reader ever chose. */
export const DEFAULT_SETTINGS: Settings = {
  open: false,
  page: "overview",
  dock: "bottom",
  height: 0,
  width: 0,
  sheet: 0,
  theme: "system",
  corner: "bottom-end",
  shortcut: "",
  badge: false,
  recording: true,
  estimates: true,
  target: "",
  grouping: "",
};

/** What is more than a value of the right type. */
const CHOICES: Partial<Record<keyof Settings, readonly unknown[]>> = {
  page: PAGE_NAMES,
  dock: DOCKS,
  theme: THEMES,
  corner: CORNERS,
};

/** The remembered settings of one panel, field by field; what is missing or malformed is left out. */
export function loadSettings(name: string): Partial<Settings> {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey(name)) ?? "{}") as Record<keyof Settings, unknown>;
    return Object.fromEntries(
      Object.entries(stored).filter(([field, value]) => isGood(field as keyof Settings, value)),
    );
  } catch {
    return {};
  }
}

function isGood(field: keyof Settings, stored: unknown): boolean {
  // Both are `undefined` for a field that does not exist, which JSON cannot say.
  if (typeof stored !== typeof DEFAULT_SETTINGS[field] || stored === Infinity) return false;
  return field === "shortcut" ? isShortcut(stored) : (CHOICES[field]?.includes(stored) ?? true);
}

export function saveSettings(name: string, settings: Settings): void {
  try {
    localStorage.setItem(storageKey(name), JSON.stringify(settings));
  } catch {
    // Forgetting the layout is no reason to disturb the page.
  }
}

function storageKey(name: string): string {
  return `macho-devtools:${name}`;
}
