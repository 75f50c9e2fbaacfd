/** How long a response says that it lives, in ms. `undefined` where it says nothing. */
export interface ResponseLifetime {
  /** Ms that it is fresh from now on; 0 for not at all. */
  readonly staleTime: number | undefined;
  /** Ms that it may be shown at all: while fresh, and where it says so, for a while after that. Above 0. */
  readonly ttl: number | undefined;
  /** Ms after the end of its freshness in which it may stand in for an error. */
  readonly staleIfError: number | undefined;
  /** Whether it may be kept; `no-store` says no. */
  readonly isStorable: boolean;
}

/** A response, or what has its headers. */
type Headed = Response | Headers | string | { readonly headers: Headers };

/** Delta-seconds beyond this are this much (RFC 9111, section 1.2.2). */
const MOST_SECONDS = 2 ** 31;

/**
 * What `Cache-Control`, `Age`, `Expires` and `Date` say of a response, for a cache of one user (RFC 9111) with
 * `stale-while-revalidate` and `stale-if-error` (RFC 5861): `s-maxage` and `private` do not concern it. A lifetime that
 * cannot be read counts as over, as the RFC has it. Of `must-revalidate`, `ttl` is the freshness: nothing stale is shown.
 * Pass it to `setLifetime` of a fetcher.
 *
 * @param source a response, its headers, or the text of a `Cache-Control` header
 *
 * @example
 * const loadFilm = async ([, id], { signal, setLifetime }) => {
 *   const response = await fetch(`/films/${id}`, { signal });
 *   setLifetime(cacheControl(response));
 *   return response.json();
 * };
 */
export function cacheControl(source: Headed): ResponseLifetime {
  const headers = headersOf(source);
  const directives = parse(headers?.get("cache-control") ?? (typeof source === "string" ? source : ""));
  const age = seconds(headers?.get("age") ?? undefined) ?? 0;
  const isStorable = !directives.has("no-store");
  const lifetime = directives.has("max-age") ? (seconds(directives.get("max-age")) ?? 0) : untilExpiry(headers);
  const staleIfError = milliseconds(seconds(directives.get("stale-if-error")));
  if (!isStorable || directives.has("no-cache")) return { staleTime: 0, ttl: undefined, staleIfError, isStorable };
  if (lifetime === undefined) return { staleTime: undefined, ttl: undefined, staleIfError, isStorable };
  const fresh = Math.max(0, lifetime - age);
  return { staleTime: fresh * 1_000, ttl: ttlOf(directives, lifetime - age), staleIfError, isStorable };
}

function ttlOf(directives: ReadonlyMap<string, string>, fresh: number): number | undefined {
  const beyond = directives.has("must-revalidate") ? 0 : seconds(directives.get("stale-while-revalidate"));
  // What says nothing of the time after may be shown while it is loaded again, for as long as it is kept.
  if (beyond === undefined) return undefined;
  // A `ttl` is above 0: what may not be shown any more is gone at the next look.
  return Math.max(1, (fresh + beyond) * 1_000);
}

function headersOf(source: Headed): Headers | undefined {
  if (typeof source === "string") return undefined;
  return "headers" in source ? source.headers : source;
}

/** Directives by name, in lower case; of a name that is there twice the first counts. */
function parse(text: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = "", quoted, plain] of text.matchAll(/([\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g)) {
    const known = name.toLowerCase();
    if (!directives.has(known)) directives.set(known, quoted ?? plain ?? "");
  }
  return directives;
}

/** `undefined` for anything but digits. */
function seconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text.trim())) return undefined;
  return Math.min(MOST_SECONDS, Number(text));
}

function milliseconds(given: number | undefined): number | undefined {
  return given === undefined ? undefined : given * 1_000;
}

/** Seconds between `Date` and `Expires`; an `Expires` that is no date, such as `0`, is over. */
function untilExpiry(headers: Headers | undefined): number | undefined {
  const expires = headers?.get("expires");
  if (expires === null || expires === undefined) return undefined;
  const from = Date.parse(headers?.get("date") ?? "");
  const until = Date.parse(expires);
  if (Number.isNaN(until)) return 0;
  return Math.max(0, (until - (Number.isNaN(from) ? Date.now() : from)) / 1_000);
}
