/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";

interface DataTableProps {
  label: string;
  columns: readonly string[];
  /** The first cell of a row is its heading, and tells it from the others unless it has a key. */
  rows: readonly (readonly ComponentChildren[])[];
  keys?: readonly (string | number)[];
  tall?: boolean;
}

/** A table that scrolls by itself, also by keys. */
export function DataTable({ label, columns, rows, keys, tall = false }: DataTableProps): JSX.Element {
  return (
    <div class={tall ? "table-scroll tall" : "table-scroll"} tabIndex={0} role="region" aria-label={`${label}, table`}>
      <table class="table">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([heading, ...cells], index) => (
            <tr key={keys?.[index] ?? index}>
              <th scope="row">{heading}</th>
              {cells.map((cell, column) => (
                <td key={columns[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
