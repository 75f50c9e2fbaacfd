import { noWholeResult } from "../../src/rules/no-whole-result.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { useCachedQuery, useCachedQueries, useCachedMutation, useCachedState } from "macho-cache/react";
`;
const inside = (body: string): string => `${IMPORTS}function Film({ id }) { ${body} }`;
const wrong = (error: string, body: string, mended?: string) => ({
  code: inside(body),
  errors: [error],
  ...(mended === undefined ? {} : { mended: inside(mended) }),
});

ruleCases(
  "no-whole-result",
  noWholeResult,
  [
    inside(`const { data, error } = useCachedQuery(["film", id], load); return <p>{data}{error}</p>;`),
    inside(`const film = useCachedQuery(["film", id], load); return <p>{film.data}</p>;`),
    inside(
      `const film = useCachedQuery(["film", id], load); const { data, isPending } = film; return <p>{data}{isPending}</p>;`,
    ),
    inside(`return useCachedQuery(["film", id], load);`),
    inside(`const film = useCachedQuery(["film", id], load); return film;`),
    inside(`const film = useCachedQuery(["film", id], load); return titleOf(film);`),
    inside(`const film = useCachedQuery(["film", id], load); return <Title film={film.data} />;`),
    inside(`const film = useCachedQuery(["film", id], load); return <Title {...film.data} />;`),
    inside(`const film = useCachedQuery(["film", id], load); useEffect(() => { say(film.data); }, [film.data]);`),
    inside(`const { data: film } = useCachedQuery(["film", id], load); useEffect(() => { say(film); }, [film]);`),
    inside(`const { data: { ...film } } = useCachedQuery(["film", id], load); return film;`),
    inside(`const films = useCachedQueries({ queries }); useEffect(() => { say(films); }, [films]);`),
    inside(`const state = useCachedState(["film"], 1); return <Title state={state} />;`),
    inside(`const film = useCachedQuery(["film", id], load); return [film, id];`),
    inside(`const film = useCachedQuery(["film", id], load); return items.map((film) => <Title {...film} />);`),
    inside(`const film = useCachedQuery(["film", id], load); say([film], [film.data]);`),
    `import { useQuery } from "@tanstack/react-query"; function Film() { const { data, ...rest } = useQuery({}); return rest; }`,
    `${IMPORTS}function Film({ useCachedQuery }) { const { data, ...rest } = useCachedQuery(); return rest; }`,
  ],
  [
    wrong("spread", `return { ...useCachedQuery(["film", id], load), id };`),
    wrong("spread", `const film = useCachedQuery(["film", id], load); return { ...film, id };`),
    wrong("spread", `const film = useCachedQuery(["film", id], load); return <Title {...film} />;`),
    wrong("spread", `return <Title {...useCachedQuery(["film", id], load)} />;`),
    wrong("prop", `const film = useCachedQuery(["film", id], load); return <Title film={film} />;`),
    wrong("prop", `return <Title film={useCachedQuery(["film", id], load)} />;`),
    wrong("prop", `const save = useCachedMutation({ mutationFn: send }); return <Form save={save} />;`),
    wrong("read", `const film = useCachedQuery(["film", id], load); return JSON.stringify(film);`),
    wrong("read", `return Object.assign({}, useCachedQuery(["film", id], load));`),
    wrong(
      "rest",
      `const { data, ...rest } = useCachedQuery(["film", id], load); return <p>{data}{rest.error}{rest.isPending}</p>;`,
      `const { data, error, isPending } = useCachedQuery(["film", id], load); return <p>{data}{error}{isPending}</p>;`,
    ),
    wrong(
      "rest",
      `const film = useCachedQuery(["film", id], load); const { data, ...rest } = film; return rest.error;`,
      `const film = useCachedQuery(["film", id], load); const { data, error } = film; return error;`,
    ),
    wrong(
      "rest",
      `const { data, ...rest } = useCachedQuery(["film", id], load); return <Title data={data} {...rest} />;`,
    ),
    wrong("rest", `const { data, ...rest } = useCachedQuery(["film", id], load); return rest.data;`),
    wrong(
      "rest",
      `const { data, ...rest } = useCachedQuery(["film", id], load); const error = 1; return rest.error ?? error;`,
    ),
    wrong("rest", `const { data, ...rest } = useCachedQuery(["film", id], load); return data;`),
    wrong(
      "dependency",
      `const film = useCachedQuery(["film", id], load); useEffect(() => { if (film.data) say(film.data, film.error); }, [film, id]);`,
      `const film = useCachedQuery(["film", id], load); useEffect(() => { if (film.data) say(film.data, film.error); }, [film.data, film.error, id]);`,
    ),
    wrong(
      "dependency",
      `const save = useCachedMutation({ mutationFn: send }); const go = React.useCallback(() => save.mutate(id), [save, id]);`,
      `const save = useCachedMutation({ mutationFn: send }); const go = React.useCallback(() => save.mutate(id), [save.mutate, id]);`,
    ),
    wrong("dependency", `const film = useCachedQuery(["film", id], load); useEffect(() => { say(film); }, [film]);`),
    wrong(
      "dependency",
      `const film = useCachedQuery(["film", id], load); useMemo(() => { const { data } = film; return data; }, [film]);`,
    ),
    wrong("dependency", `useEffect(() => { say(1); }, [useCachedQuery(["film", id], load)]);`),
    {
      code: `import * as macho from "macho-cache/react"; function Film() { const { data, ...rest } = macho.useCachedInfiniteQuery(["films"], load, {}); return rest; }`,
      errors: ["rest"],
    },
    {
      code: `import { useCachedSubscription as useLive } from "macho-cache/react"; function Price() { return <Show {...useLive(["price"], connect)!} />; }`,
      errors: ["spread"],
    },
  ],
);
