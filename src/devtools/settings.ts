// What the panel remembers. Storage may be missing, full or forbidden; the panel works without it.

/** `system` follows the reader's choice for light or dark. */
export type Theme = "system" | "light" | "dark";

export const PAGE_NAMES = ["overview", "entries", "loads", "statistics"] as const;
export type PageName = (typeof PAGE_NAMES)[number];

export const DOCKS = ["bottom", "top", "left", "right"] as const;
/** The side of the page that the panel is docked to. */
export type Dock = (typeof DOCKS)[number];

export interface Settings {
  open: boolean;
  page: PageName;
  dock: Dock;
  /** In CSS pixels, while the panel is docked at the bottom or the top; 0 until the reader chose. */
  height: number;
  /** In CSS pixels, while it is docked at the left or the right; 0 until the reader chose. */
  width: number;
  /** Height in CSS pixels on a narrow window, where the panel is a sheet at the bottom; 0 until the reader chose. */
  sheet: number;
  theme: Theme;
  /** Whether accesses and departures are recorded from the mount on. */
  recording: boolean;
  /** Name of the cache that is shown, where there are several; "" is the first. */
  target: string;
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
  recording: true,
  target: "",
};

/** The remembered settings of one panel, field by field; what is missing or malformed is left out. */
export function loadSettings(name: string): Partial<Settings> {
  try {
    return checked(JSON.parse(localStorage.getItem(storageKey(name)) ?? "{}"));
  } catch {
    return {};
  }
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

function checked(stored: unknown): Partial<Settings> {
  const found: Partial<Settings> = {};
  if (typeof stored !== "object" || stored === null) return found;
  const { open, page, dock, height, width, sheet, theme, recording, target } = stored as Record<string, unknown>;
  if (typeof open === "boolean") found.open = open;
  const known = PAGE_NAMES.find((name) => name === page);
  if (known) found.page = known;
  const side = DOCKS.find((name) => name === dock);
  if (side) found.dock = side;
  if (isLength(height)) found.height = height;
  if (isLength(width)) found.width = width;
  if (isLength(sheet)) found.sheet = sheet;
  if (typeof recording === "boolean") found.recording = recording;
  if (typeof target === "string") found.target = target;
  if (theme === "system" || theme === "light" || theme === "dark") found.theme = theme;
  return found;
}

function isLength(stored: unknown): stored is number {
  return typeof stored === "number" && Number.isFinite(stored);
}
