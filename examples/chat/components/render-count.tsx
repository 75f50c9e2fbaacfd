import { type ReactElement, useEffect, useRef } from "react";

/** How often the component around it has rendered. It writes past React, since a state would render once more. */
export function RenderCount(): ReactElement {
  const output = useRef<HTMLSpanElement>(null);
  const count = useRef(0);
  useEffect(() => {
    count.current++;
    if (output.current) output.current.textContent = `rendered ${count.current} times`;
  });
  return <span ref={output} />;
}
