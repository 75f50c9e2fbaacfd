import type { LoadContext } from "../../core/lru/index.ts";
import type { FetchContext, Lifetime } from "../model/fetcher.ts";
import { checkOptions, DURATION, FLAG, MS, type OptionTable, type Resolved } from "../model/option-table.ts";
import type { ResolvedQueryOptions } from "../model/options.ts";
import type { Direction, QueryState } from "../model/state.ts";

/** A load, as its fetcher knows it. */
export interface FetchedBy {
  readonly request: { readonly direction?: Direction | undefined };
  /** What the fetcher said of its answer. */
  lifetime: Lifetime;
  options(): ResolvedQueryOptions;
  isWanted(): boolean;
  publish(data: unknown): void;
}

const LIFETIME: OptionTable<Resolved<Lifetime, keyof Lifetime>> = {
  staleTime: [DURATION],
  ttl: [MS],
  staleIfError: [DURATION],
  isStorable: [FLAG],
};

/** What a fetcher gets: one for all tries of a load, so that it may go on where the last one failed. */
export function fetchContext(
  load: FetchedBy,
  query: { readonly state: QueryState },
  context: LoadContext,
): FetchContext {
  return {
    get signal() {
      return context.signal;
    },
    get meta() {
      return load.options().meta;
    },
    get isWanted() {
      return load.isWanted();
    },
    get previous() {
      return query.state.data;
    },
    direction: load.request.direction,
    setLifetime(lifetime) {
      checkOptions("setLifetime", LIFETIME, lifetime);
      load.lifetime = lifetime;
    },
    publish: (data) => load.publish(data),
  };
}
