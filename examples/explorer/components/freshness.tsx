import type { ReactElement } from "react";

export interface FreshnessProps {
  /** Wall time of the answer on screen, in ms; 0 = none yet. */
  readonly updatedAt: number;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
}

/** When the answer on screen came from the server, whether that was before this page, and whether a newer one is on its way. */
export function Freshness({ updatedAt, isFetching, onRefresh }: FreshnessProps): ReactElement {
  return (
    <p className="freshness">
      {updatedAt > 0 && isFetching && <span className="refreshing">Refreshing</span>}
      {updatedAt > 0 && !isFetching && (
        <span>
          From{" "}
          <time dateTime={new Date(updatedAt).toISOString()}>{new Date(updatedAt).toLocaleTimeString("en-GB")}</time>
          {updatedAt < performance.timeOrigin && ", kept from an earlier visit"}
        </span>
      )}
      <button type="button" className="quiet" onClick={onRefresh} disabled={isFetching}>
        Refresh
      </button>
    </p>
  );
}
