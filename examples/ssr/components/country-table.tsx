import type { ReactElement, ReactNode } from "react";
import type { Figures } from "../keys.ts";

export interface CountryTableProps<Row extends Figures> {
  readonly caption: string;
  /** What the first column says. */
  readonly heading: string;
  readonly rows: readonly Row[];
  readonly nameOf: (row: Row) => { readonly key: string; readonly shown: ReactNode };
}

/** Figures, one row a country or a year. */
export function CountryTable<Row extends Figures>(props: CountryTableProps<Row>): ReactElement {
  const { caption, heading, rows, nameOf } = props;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col">Population</th>
          <th scope="col">Life expectancy</th>
          <th scope="col">Children a woman</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { key, shown } = nameOf(row);
          return (
            <tr key={key}>
              <th scope="row">{shown}</th>
              <td>{row.population.toLocaleString("en")}</td>
              <td>{row.lifeExpectancy.toFixed(1)}</td>
              <td>{row.fertility.toFixed(2)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
