import type { ReactElement } from "react";
import { Line, type Load } from "./line.tsx";

/** What the page shows below its Suspense boundary: a key of its own, and one that the shell shows as well. */
export function Details({ load }: { load: Load }): ReactElement {
  return (
    <section>
      <Line place="details" kind="review" id={1} load={load} />
      <Line place="details" kind="film" id={1} load={load} />
    </section>
  );
}
