import { hashKey, type QueryKey } from "../key/key.ts";
import type { DefaultError, MaybeError, NetworkMode, Retry, RetryDelay } from "./fetcher.ts";
import { FUNCTION, type Kind, OBJECT, type OptionRow } from "./option-table.ts";
import { QUERY_OPTIONS } from "./options.ts";

/** Which mutations run one after the other. */
export interface MutationScope {
  /** Mutations of the same id run strictly one at a time, in the order in which they were called. */
  readonly id: string;
}

/** How a mutation runs, whatever its types. */
export interface MutationSettings {
  /**
   * How often a function that failed is called again: a number of times, `true` for ever, `false` for never, or a
   * function of the failures before this one and the error. Not before `mount()` of the client.
   * @defaultValue 0
   */
  retry?: Retry | undefined;
  /**
   * Ms to wait before the next try, or a function of the failures before this one and the error.
   * @defaultValue 1,000 doubled with each failure up to 30,000, of which a random half to all
   */
  retryDelay?: RetryDelay | undefined;
  /** What being offline means: wait, go on, or try once and then wait. @defaultValue "online", which waits */
  networkMode?: NetworkMode | undefined;
  /** Mutations of the same scope run strictly one after the other. @defaultValue none: all run side by side */
  scope?: MutationScope | undefined;
  /** Anything about the mutation, for its function, its callbacks and filters. @defaultValue none */
  meta?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Whether a failed mutation throws its error where the hook renders, for an error boundary; or a function of the
   * error that says so. @defaultValue false
   */
  throwOnError?: boolean | ((error: DefaultError) => boolean) | undefined;
}

/** What the function and the callbacks of one call get besides their own arguments. `C` is the client. */
export interface MutationCall<C> {
  /** Aborted when the call is cancelled, or its client is cleared of mutations or disposed of. */
  readonly signal: AbortSignal;
  readonly client: C;
  readonly mutationKey: QueryKey | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
}

/** What every mutation of a client does that does not say otherwise. `C` is the client. */
export interface MutationDefaults<C = unknown> extends MutationSettings {
  /** Does the work of mutations that bring no function of their own. @defaultValue none */
  mutationFn?: ((variables: unknown, call: MutationCall<C>) => unknown) | undefined;
  /** Called before the function, with its variables. What it gives is the context of the other callbacks. @defaultValue none */
  onMutate?: ((variables: unknown, call: MutationCall<C>) => unknown) | undefined;
  /** Called with the answer of the function. @defaultValue none */
  onSuccess?: ((data: unknown, variables: unknown, context: unknown, call: MutationCall<C>) => unknown) | undefined;
  /** Called when the mutation failed or was cancelled. @defaultValue none */
  onError?: ((error: DefaultError, variables: unknown, context: unknown, call: MutationCall<C>) => unknown) | undefined;
  /** Called after either of them. @defaultValue none */
  onSettled?:
    | ((data: unknown, error: MaybeError, variables: unknown, context: unknown, call: MutationCall<C>) => unknown)
    | undefined;
}

/** Options that were checked, laid over the defaults. */
export type ResolvedMutationOptions<C = unknown> = MutationDefaults<C> & {
  readonly mutationKey?: QueryKey | undefined;
  readonly retry: Retry;
  readonly retryDelay: RetryDelay | undefined;
  readonly networkMode: NetworkMode;
  readonly throwOnError: boolean | ((error: unknown) => boolean);
};

const SCOPE: Kind = [
  "an object with a string as its id, and nothing else",
  (value) =>
    OBJECT[1](value) && Object.keys(value as object).join() === "id" && typeof (value as MutationScope).id === "string",
  '{ id: "cart" }',
];
/** Callbacks of one call. */
export const CALLBACKS: Record<"onSuccess" | "onError" | "onSettled", OptionRow> = {
  onSuccess: [FUNCTION],
  onError: [FUNCTION],
  onSettled: [FUNCTION],
};

/** What all mutations of a client may do. */
export const MUTATION_DEFAULTS: Record<keyof MutationDefaults, OptionRow> = {
  mutationFn: [FUNCTION],
  retry: [QUERY_OPTIONS.retry[0], 0],
  retryDelay: QUERY_OPTIONS.retryDelay,
  networkMode: QUERY_OPTIONS.networkMode,
  scope: [SCOPE],
  meta: [OBJECT],
  throwOnError: QUERY_OPTIONS.throwOnError,
  onMutate: [FUNCTION],
  ...CALLBACKS,
};

/** What one mutation may do. A key is no default of all. */
export const MUTATION_OPTIONS: Record<"mutationKey" | keyof MutationDefaults, OptionRow> = {
  // What is no key says so itself.
  mutationKey: [["a key", (key) => hashKey(key as QueryKey) !== "", '["rename"]']],
  ...MUTATION_DEFAULTS,
};
