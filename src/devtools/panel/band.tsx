/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Advice } from "../../simulate/index.ts";

interface BandProps {
  tone: Advice["tone"];
  verdict: string;
  evidence?: string;
  /** What to do in the app. */
  remedy?: string;
  children?: JSX.Element | (JSX.Element | undefined | false)[];
}

/** The sentence that stands above all, in the colour of its tone. */
export function Band({ tone, verdict, evidence = "", remedy = "", children }: BandProps): JSX.Element {
  return (
    <section class={`diagnosis ${tone}`} aria-label="Advice">
      <div>
        <p class="verdict">{verdict}</p>
        {evidence !== "" && <p class="evidence">{evidence}</p>}
        {remedy !== "" && <p class="remedy">{remedy}</p>}
      </div>
      {children}
    </section>
  );
}
