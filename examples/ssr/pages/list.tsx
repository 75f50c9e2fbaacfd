import { DehydratedScript, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { CountryLink } from "../components/country-link.tsx";
import { CountryTable } from "../components/country-table.tsx";
import { Failure } from "../components/failure.tsx";
import { countriesKey, type CountryRow } from "../keys.ts";

export function ListPage(): ReactElement {
  const { data, error, isPending, refetch } = useCachedQuery<readonly CountryRow[]>(countriesKey);
  return (
    <>
      <title>Countries</title>
      <h1>Countries</h1>
      {isPending && <p>Loading ...</p>}
      {error !== undefined && <Failure error={error} onRetry={() => void refetch()} />}
      {data && (
        <CountryTable
          caption={`${data.length} countries in 2005`}
          heading="Country"
          rows={data}
          nameOf={({ name }) => ({ key: name, shown: <CountryLink name={name} /> })}
        />
      )}
      <DehydratedScript queryKey={countriesKey} exact />
    </>
  );
}
