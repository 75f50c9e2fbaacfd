import {
  keepPreviousData,
  useCachedInfiniteQuery,
  useCachedMutation,
  useCachedQueries,
  useCachedQuery,
  useCachedState,
  useIsFetching,
  useIsMutating,
} from "macho-cache/react";
import { filmOptions, vote, votesOptions } from "./shared/films.js";

/** Each hook, its result read in the ways that the compiler keeps from render to render. */
export function EveryHook() {
  const [id, setId] = useCachedState(["chosen"], 4);
  return (
    <section>
      <Chosen id={id} />
      <Pages />
      <Several ids={[5, 6]} />
      <Busy />
      <button type="button" id="other" onClick={() => setId((chosen) => chosen + 10)}>
        Other
      </button>
    </section>
  );
}

/** Hands the whole result on: who reads a field is another component. */
function Chosen({ id }) {
  const film = useCachedQuery({ ...filmOptions(id), placeholderData: keepPreviousData, select: titleOf });
  return <Title film={film} />;
}

const titleOf = (film) => film.title;

function Title({ film }) {
  const { data = "nothing", isPlaceholderData } = film;
  return <p id="chosen">{`${data}${isPlaceholderData ? ", which was before" : ""}`}</p>;
}

function Pages() {
  const { data, fetchNextPage, hasNextPage } = useCachedInfiniteQuery({
    queryKey: ["pages"],
    fetcher: async (_key, { pageParam, signal }) => filmOptions(pageParam).fetcher([], { signal }),
    initialPageParam: 20,
    getNextPageParam: (last) => (last.id < 22 ? last.id + 1 : undefined),
    staleTime: 60_000,
  });
  const titles = (data?.pages ?? []).map((page) => page.title);
  return (
    <>
      <p id="pages">{titles.join(", ")}</p>
      <button type="button" id="further" disabled={!hasNextPage} onClick={() => void fetchNextPage()}>
        Further
      </button>
    </>
  );
}

function Several({ ids }) {
  const results = useCachedQueries({ queries: ids.map((id) => filmOptions(id)) });
  return <p id="several">{results.map(({ data }) => data?.title ?? "Loading").join(" and ")}</p>;
}

function Busy() {
  const isFetching = useIsFetching();
  const isMutating = useIsMutating();
  const votes = useCachedQuery(votesOptions);
  const again = useCachedMutation({ mutationFn: vote, onSuccess: () => votes.refetch() });
  return (
    <>
      <p id="busy">{isFetching + isMutating > 0 ? "busy" : `at rest, ${votes.data?.count} votes`}</p>
      <button type="button" id="vote-again" disabled={again.isPending} onClick={() => again.mutate()}>
        Vote again
      </button>
    </>
  );
}
