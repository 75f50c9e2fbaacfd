import { DehydratedScript, useCachedQuery } from "macho-cache/react";
import { type ReactElement, Suspense } from "react";
import { CountryTable } from "../components/country-table.tsx";
import { Failure, FailureBoundary } from "../components/failure.tsx";
import { type Country, countryKey, peersKey } from "../keys.ts";
import { Peers } from "./peers.tsx";

export function CountryPage({ name }: { name: string }): ReactElement {
  const { data, error, isPending, refetch } = useCachedQuery<Country>(countryKey(name));
  return (
    <>
      <title>{name}</title>
      <h1>{name}</h1>
      {isPending && <p>Loading ...</p>}
      {error !== undefined && <Failure error={error} onRetry={() => void refetch()} />}
      {data && (
        <CountryTable
          caption="Through the years"
          heading="Year"
          rows={data.figures}
          nameOf={({ year }) => ({ key: String(year), shown: year })}
        />
      )}
      {/* `exact`: the peers, whose key begins with this one, come later. */}
      <DehydratedScript queryKey={countryKey(name)} exact />
      <FailureBoundary>
        <Suspense fallback={<Waiting />}>
          <Peers name={name} />
          {/* Comes with this part, when the load that it names has ended. */}
          <DehydratedScript queryKey={peersKey(name)} exact />
        </Suspense>
      </FailureBoundary>
    </>
  );
}

/** A part that comes later is put in its place by a script, which not everybody runs. */
function Waiting(): ReactElement {
  return (
    <p>
      The peers are on their way ...{" "}
      <noscript>
        <a href="?whole">Show the whole page</a>
      </noscript>
    </p>
  );
}
