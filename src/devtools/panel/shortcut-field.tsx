/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useState } from "preact/hooks";
import { shortcutOf } from "../extras.ts";
import { isShortcut } from "../settings.ts";
import { Pref } from "./pref.tsx";

/** The key that opens and closes the panel: it is pressed to be chosen. */
export function ShortcutField({ shortcut, choose }: { shortcut: string; choose: (text: string) => void }): JSX.Element {
  const [refused, refuse] = useState("");
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    const { key } = event;
    // What leads away, and a modifier alone, is none.
    if (/^(Tab|Escape|Control|Alt|AltGraph|Shift|Meta)$/.test(key)) return;
    event.preventDefault();
    const pressed = key === "Backspace" || key === "Delete" ? "" : shortcutOf(event);
    const isGood = isShortcut(pressed);
    refuse(isGood ? "" : `${pressed} is none.`);
    if (isGood) choose(pressed);
  };
  const control = (
    <input
      class="keys"
      aria-label="Shortcut"
      aria-describedby="shortcut-note"
      readOnly
      placeholder="none"
      value={shortcut}
      onKeyDown={onKeyDown}
    />
  );
  return (
    <Pref label="Shortcut" control={control}>
      <span id="shortcut-note" role="status">
        {refused} Press a letter, digit or function key with Ctrl, Alt or Meta; Backspace for none. It opens and closes
        the panel, except while you write in a field.
      </span>
    </Pref>
  );
}
