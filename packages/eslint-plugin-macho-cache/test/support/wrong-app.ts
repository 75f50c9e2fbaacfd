/** An app that breaks each rule, in TypeScript, with some code that is right beside it. */
export const WRONG_APP = `import { useEffect } from "react";
import { type Fetcher, MachoProvider, QueryClient, queryOptions, useCachedMutation, useCachedQueries } from "macho-cache/react";
import { useCachedQuery as useQuery } from "macho-cache/react";

interface Film { readonly title: string }
interface Props { readonly id: number; readonly lang: string; onOpen(film: Film): void }

const loadTags: Fetcher<string[]> = async () => {
  const response = await fetch("/tags");
  return response.json();
};
const filmOptions = (id: number, lang: string) =>
  queryOptions({
    queryKey: ["film", id],
    fetcher: async ([, film], { signal }) => {
      const response = await fetch(\`/films/\${film}?lang=\${lang}\`, { signal });
      if (!response.ok) throw new Error(String(response.status));
      return (await response.json()) as Film;
    },
  });

export function Title({ id, lang, onOpen }: Props) {
  const { data, ...rest } = useQuery<Film>(["film", id], (_key, { signal }) => load(id, lang, signal, onOpen));
  const tags = useQuery(["tags"], loadTags);
  const client = useQuery(filmOptions(id, lang));
  const counts = useCachedQueries({ queries: [filmOptions(1, lang)], combine: (films) => films.length });
  const rename = useCachedMutation({ mutationFn: async (title: string) => { await fetch("/film", { method: "PUT", body: title }); } });
  useEffect(() => { document.title = tags.data?.[0] ?? ""; }, [tags]);
  return <h1 {...rest} title={client.data?.title} onClick={() => rename.mutate("Ran")}>{data?.title}{counts}</h1>;
}

export function App() {
  const client = new QueryClient();
  return <MachoProvider client={client}><Title id={1} lang="en" onOpen={() => undefined} /></MachoProvider>;
}

async function load(id: number, lang: string, signal: AbortSignal, onOpen: Props["onOpen"]): Promise<Film> {
  const film = await fetch(\`/films/\${id}?\${lang}\`, { signal }).then((response) => response.json());
  onOpen(film);
  return film;
}
`;

/** What is found in it: rule and line, as both linters say it. */
export const FOUND: readonly string[] = [
  "9 pass-signal",
  "10 check-response",
  "14 exhaustive-key",
  "23 exhaustive-key",
  "23 no-whole-result",
  "26 stable-in-render",
  "27 check-response",
  "28 no-whole-result",
  "33 stable-in-render",
  "38 check-response",
];
