import { useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { CountryLink } from "../components/country-link.tsx";
import { CountryTable } from "../components/country-table.tsx";
import { type CountryRow, peersKey } from "../keys.ts";

/** What takes the API long: on the server, the rest of the page does not wait for it. */
export function Peers({ name }: { name: string }): ReactElement {
  const { data = [] } = useCachedQuery<readonly CountryRow[]>(peersKey(name), undefined, { suspense: true });
  return (
    <CountryTable
      caption={`Peers of ${name} in 2005`}
      heading="Country"
      rows={data}
      nameOf={(row) => ({ key: row.name, shown: <CountryLink name={row.name} /> })}
    />
  );
}
