import type { Wrong } from "./rule-cases.ts";

/** What the code of a case imports. */
export const IMPORTS: string = `import { useCachedQuery, useCachedInfiniteQuery, useCachedQueries, useCachedSubscription, useCachedState,
  useQueryClient, queryOptions, infiniteQueryOptions, streamedQuery, skipToken, QueryClient } from "macho-cache/react";
import { load, filmKeys, API, genresKey } from "./api";
`;
/** A component with this body. */
export const inside = (body: string, parameters = "{ id, lang, filters, user, load: loadProp, onDone }"): string =>
  `${IMPORTS}function Film(${parameters}) { ${body} }`;
/** A component whose key lacks a value, and what the suggestion makes of it. */
export const lacks = (name: string, body: string, mended?: string, parameters?: string): Wrong => ({
  code: inside(body, parameters),
  errors: ["missing"],
  data: { name },
  ...(mended === undefined ? {} : { mended: inside(mended, parameters) }),
});
