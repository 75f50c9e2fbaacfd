import type { ReactElement } from "react";
import type { FilmDetail } from "../server/catalog.ts";

const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD", notation: "compact" });

interface Figure {
  readonly label: string;
  readonly value: number | null;
  readonly most: number;
  readonly text: string;
}

/** What critics and box offices said, as bars: ratings by their own scale, money by the largest sum. */
export function Figures({ film }: { film: FilmDetail }): ReactElement {
  const { imdb, tomatoes, votes, budget, usGross, worldwideGross } = film;
  const largest = Math.max(budget ?? 0, usGross ?? 0, worldwideGross ?? 0);
  const money = (label: string, value: number | null): Figure => ({
    label,
    value,
    most: largest,
    text: dollars.format(value ?? 0),
  });
  return (
    <div className="figures">
      <Bars
        title="Ratings"
        figures={[
          {
            label: "IMDB",
            value: imdb,
            most: 10,
            text: `${imdb?.toFixed(1)} (${votes?.toLocaleString("en") ?? 0} votes)`,
          },
          { label: "Rotten Tomatoes", value: tomatoes, most: 100, text: `${tomatoes}%` },
        ]}
      />
      <Bars
        title="Money"
        figures={[money("Budget", budget), money("US gross", usGross), money("Worldwide", worldwideGross)]}
      />
    </div>
  );
}

function Bars({ title, figures }: { title: string; figures: readonly Figure[] }): ReactElement | null {
  const known = figures.filter(({ value }) => value !== null);
  if (known.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <dl className="bars">
        {known.map(({ label, value, most, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span className="bar" style={{ inlineSize: `${(100 * (value ?? 0)) / most}%` }} />
              <span>{text}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
