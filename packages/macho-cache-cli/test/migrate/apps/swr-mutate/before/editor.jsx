import { useState } from "react";

export function Editor({ onSave }) {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text);
      }}
    >
      <input aria-label="note" value={text} onChange={({ target }) => setText(target.value)} />
      <button>Save</button>
    </form>
  );
}
