import { Box, type Key, Text, type TextProps, useInput } from "ink";
import { type ReactElement, useEffect, useState, useSyncExternalStore } from "react";
import { lettersOf, type Line, type Tone } from "./cells.ts";
import { frame } from "./frame.ts";
import type { ScreenStream } from "./screen-stream.ts";
import type { TopStore } from "./top-store.ts";
import type { Press } from "./view.ts";

interface TopProps {
  readonly store: TopStore;
  readonly stream: ScreenStream;
  readonly hasColors: boolean;
  readonly quit: () => void;
}

/** The whole screen. What it shows is made in frame.ts; this draws it, and hears what is pressed. */
export function TopApp({ store, stream, hasColors, quit }: TopProps): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.read);
  const { columns, rows } = useSize(stream);
  useInput((input, key) => {
    for (const press of pressesOf(input, key)) {
      if (press === "\u0003" || (press === "q" && isQuit(store))) return quit();
      store.press(press);
    }
  });
  const lines = frame(state, { columns, rows });
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is its place
        <LineView key={index} line={line} hasColors={hasColors} />
      ))}
    </Box>
  );
}

/** Where `q` is no letter, and leads nowhere else. */
function isQuit(store: TopStore): boolean {
  const { typed, mode } = store.read().view;
  return typed === undefined && mode === "keys";
}

function LineView({ line, hasColors }: { readonly line: Line; readonly hasColors: boolean }): ReactElement {
  return (
    <Text wrap="truncate">
      {/* A text of nothing takes no line. */}
      {line.length === 0 && " "}
      {line.map(({ text, tone }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- as above
        <Text key={index} {...(hasColors && tone && TONES[tone])}>
          {text}
        </Text>
      ))}
    </Text>
  );
}

const TONES: Readonly<Record<Tone, TextProps>> = {
  dim: { dimColor: true },
  bold: { bold: true },
  good: { color: "green" },
  bad: { color: "red" },
  warn: { color: "yellow" },
  chosen: { inverse: true },
};

function useSize(stream: ScreenStream): { columns: number; rows: number } {
  const [size, setSize] = useState(() => sizeOf(stream));
  useEffect(() => {
    const resized = (): void => setSize(sizeOf(stream));
    stream.on("resize", resized);
    return () => void stream.removeListener("resize", resized);
  }, [stream]);
  return size;
}

function sizeOf({ columns, height }: ScreenStream): { columns: number; rows: number } {
  return { columns, rows: height };
}

/** What was pressed, in order: what is pasted, or typed fast, comes at once. */
function pressesOf(input: string, key: Key): Press[] {
  if (key.ctrl) return input === "c" ? ["\u0003"] : input === "u" ? ["clear"] : [];
  const named = NAMED.find(([name]) => key[name]);
  if (named) return [named[1]];
  return lettersOf(input)
    .map((letter) => LETTERS[letter] ?? letter)
    .filter((press) => press.length > 1 || press >= " " || press === "\u0003");
}

const NAMED: readonly (readonly [keyof Key, Press])[] = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["pageUp", "pageUp"],
  ["pageDown", "pageDown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "escape"],
  ["backspace", "backspace"],
  ["delete", "backspace"],
];

const LETTERS: Readonly<Record<string, Press>> = {
  "\r": "enter",
  "\n": "enter",
  "\u007F": "backspace",
  "\b": "backspace",
  "\u0015": "clear",
};
