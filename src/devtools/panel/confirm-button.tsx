/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Ms in which the second press has to come. */
const PATIENCE = 5_000;

interface ConfirmProps {
  label: string;
  /** What the second press says yes to. */
  question: string;
  disabled: boolean;
  confirm: () => void;
}

/** Does what cannot be undone by a second press of the same button. */
export function ConfirmButton({ label, question, disabled, confirm }: ConfirmProps): JSX.Element {
  const [isAsked, ask] = useState(false);
  useEffect(() => {
    if (!isAsked) return undefined;
    const end = setTimeout(() => ask(false), PATIENCE);
    return () => clearTimeout(end);
  }, [isAsked]);
  const press = (): void => {
    ask(!isAsked);
    if (isAsked) confirm();
  };
  return (
    <button
      type="button"
      class={isAsked ? "small-button danger" : "small-button"}
      disabled={disabled}
      onClick={press}
      onBlur={() => ask(false)}
    >
      {isAsked ? question : label}
    </button>
  );
}
