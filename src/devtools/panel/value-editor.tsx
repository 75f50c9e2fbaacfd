/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { parseJson, type Printed } from "./json-text.ts";

interface EditorProps {
  /** What is edited, such as `data.rating.imdb`. */
  place: string;
  printed: Printed;
  /** Its text is that of a time. */
  isDate: boolean;
  save: (value: unknown) => void;
  cancel: () => void;
}

/** A value as JSON, to be written anew. One that JSON cannot say is not edited, and why is told. */
export function ValueEditor({ place, printed, isDate, save, cancel }: EditorProps): JSX.Element {
  const [text, setText] = useState(printed.text);
  const [fault, blame] = useState("");
  const area = useRef<HTMLTextAreaElement>(null);
  const isSafe = printed.losses.length === 0;
  useEffect(() => area.current?.focus(), []);
  const submit = (): void => {
    const read = readText(text, isDate);
    if ("value" in read) return save(read.value);
    blame(read.fault);
    area.current?.focus();
    area.current?.setSelectionRange(read.at, Math.min(text.length, read.at + 1));
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isSafe) submit();
    else return;
    event.preventDefault();
  };
  return (
    <section class="value" aria-label={`Edit ${place}`} onKeyDown={onKeyDown}>
      <div class="value-head">
        <h4>
          <code>{place}</code>
        </h4>
        {isSafe && (
          <button type="button" class="small-button" onClick={submit}>
            Save
          </button>
        )}
        <button type="button" class="small-button" onClick={cancel}>
          Cancel
        </button>
      </div>
      {isSafe ? (
        <textarea
          ref={area}
          class="json"
          aria-label={`${place} as JSON`}
          aria-invalid={fault !== ""}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <p class="json">
          It cannot be edited as JSON, which would lose something: {printed.losses.join("; ")}. Choose a line of the
          tree to edit that alone.
        </p>
      )}
      <p class="fault" role="alert">
        {fault}
      </p>
    </section>
  );
}

type Read = ReturnType<typeof parseJson>;

function readText(text: string, isDate: boolean): Read {
  const read = parseJson(text);
  if (!isDate || "fault" in read) return read;
  const date = new Date(read.value as string);
  const isTime = typeof read.value === "string" && !Number.isNaN(date.getTime());
  return isTime ? { value: date } : { fault: 'It was a Date: write a time, such as "2026-01-31T12:00:00Z".', at: 0 };
}
