import { stableInRender } from "../../src/rules/stable-in-render.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { MachoProvider, QueryClient, useCachedQueries } from "macho-cache/react";
import { Cache } from "macho-cache";
import { LruCache } from "macho-cache/lru";
import { useState, useMemo, useRef } from "react";
`;
const SHOWN = "return <MachoProvider client={client}><Films /></MachoProvider>;";
const app = (body: string): string => `${IMPORTS}function App(props) { ${body} }`;
const wrong = (error: string, body: string, mended?: string) => ({
  code: app(body),
  errors: [error],
  ...(mended === undefined ? {} : { mended: app(mended) }),
});

ruleCases(
  "stable-in-render",
  stableInRender,
  [
    `${IMPORTS}const client = new QueryClient(); function App() { ${SHOWN} }`,
    `${IMPORTS}const client = new QueryClient({ cache: new Cache({ maxCacheSize: 5 }) }); function App() { ${SHOWN} }`,
    app(`const [client] = useState(() => new QueryClient()); ${SHOWN}`),
    app(`const [client] = useState(new QueryClient()); ${SHOWN}`),
    app(`const client = useMemo(() => new QueryClient({ cache: new Cache() }), []); ${SHOWN}`),
    app(`const client = useRef(new QueryClient()).current; ${SHOWN}`),
    app(`const held = useRef(null); held.current ??= new QueryClient(); const client = held.current; ${SHOWN}`),
    app(`const held = useRef(null); if (!held.current) held.current = new QueryClient(); return <a ref={held} />;`),
    `${IMPORTS}let client; function App() { client ??= new QueryClient(); ${SHOWN} }`,
    app(`useEffect(() => { const client = new QueryClient(); return () => client.dispose(); }, []); return <p />;`),
    app(`const open = () => { show(new QueryClient()); }; return <button onClick={open} />;`),
    // Not components: a factory, a test, a server's component, a class.
    `${IMPORTS}export function makeClient() { return new QueryClient(); }`,
    `${IMPORTS}export function render(url) { const client = new QueryClient(); ${SHOWN} }`,
    `${IMPORTS}it("shows films", () => { const client = new QueryClient(); render(<MachoProvider client={client} />); });`,
    `${IMPORTS}export default async function Page() { const client = new QueryClient(); await client.prefetchQuery(["a"], load); ${SHOWN} }`,
    `import { dehydrate, HydrationBoundary, QueryClient } from "macho-cache/react"; export function Page() { const client = new QueryClient(); void client.prefetchQuery(["a"], load); return <HydrationBoundary state={dehydrate(client)}><App /></HydrationBoundary>; }`,
    `${IMPORTS}function World() { const client = new QueryClient(); return { client }; }`,
    `${IMPORTS}class World { client = new QueryClient(); }`,
    `${IMPORTS}const getClient = cache(() => new QueryClient()); function App() { const client = getClient(); ${SHOWN} }`,
    // Others of the same name.
    `import { QueryClient } from "@tanstack/react-query"; function App() { const client = new QueryClient(); ${SHOWN} }`,
    `import { Cache } from "./own"; import { QueryClient } from "macho-cache/query"; function App() { const cache = new Cache(); return <p />; }`,
    `${IMPORTS}function App({ QueryClient }) { const client = new QueryClient(); ${SHOWN} }`,
    // `combine`
    `${IMPORTS}const combine = (all) => all.length; function App() { const count = useCachedQueries({ queries, combine }); return <p>{count}</p>; }`,
    app(`const combine = useCallback((all) => all.length, []); useCachedQueries({ queries, combine }); return <p />;`),
    app(`useCachedQueries({ queries, combine: props.combine }); return <p />;`),
    app(`useCachedQueries({ queries: ids.map((id) => ({ queryKey: [id], fetcher: load })) }); return <p />;`),
  ],
  [
    wrong(
      "instance",
      `const client = new QueryClient(); ${SHOWN}`,
      `const [client] = useState(() => new QueryClient()); ${SHOWN}`,
    ),
    wrong(
      "instance",
      `const client = new QueryClient({ cache: { maxCacheSize: 5 } }); ${SHOWN}`,
      `const [client] = useState(() => new QueryClient({ cache: { maxCacheSize: 5 } })); ${SHOWN}`,
    ),
    wrong("instance", `return <MachoProvider client={new QueryClient()} />;`),
    wrong("instance", `const client = props.client ?? new QueryClient(); ${SHOWN}`),
    wrong("instance", `const client: QueryClient = new QueryClient(); ${SHOWN}`),
    wrong("instance", `let client; client = new QueryClient(); ${SHOWN}`),
    wrong("instance", `return <MachoProvider cache={new Cache({ maxCacheSize: 5 })} />;`),
    wrong(
      "instance",
      `const cache = new LruCache({ maxCacheSize: 5 }); return <p>{cache.size}</p>;`,
      `const [cache] = useState(() => new LruCache({ maxCacheSize: 5 })); return <p>{cache.size}</p>;`,
    ),
    {
      code: `${IMPORTS}function useClient() { const [on] = useState(true); return new QueryClient({ enabled: on }); }`,
      errors: ["instance"],
    },
    {
      code: `${IMPORTS}const App = memo(() => { const client = new QueryClient(); ${SHOWN} });`,
      errors: ["instance"],
      mended: `${IMPORTS}const App = memo(() => { const [client] = useState(() => new QueryClient()); ${SHOWN} });`,
    },
    {
      code: `${IMPORTS}export default function () { return <MachoProvider client={new QueryClient()} />; }`,
      errors: ["instance"],
    },
    {
      code: `${IMPORTS}const wrapper = { Wrapper: 1 }; const Wrapper = ({ children }) => { const client = new QueryClient(); return <MachoProvider client={client}>{children}</MachoProvider>; };`,
      errors: ["instance"],
      mended: `${IMPORTS}const wrapper = { Wrapper: 1 }; const Wrapper = ({ children }) => { const [client] = useState(() => new QueryClient()); return <MachoProvider client={client}>{children}</MachoProvider>; };`,
    },
    {
      code: `import * as React from "react"; import { QueryClient as Client } from "macho-cache/query"; function App() { const client = new Client(); return <p />; }`,
      errors: ["instance"],
      mended: `import * as React from "react"; import { QueryClient as Client } from "macho-cache/query"; function App() { const [client] = React.useState(() => new Client()); return <p />; }`,
    },
    {
      code: `import { dehydrate } from "./own"; import { QueryClient } from "macho-cache/react"; export function Page() { const client = new QueryClient(); return <Show state={dehydrate(client)} />; }`,
      errors: ["instance"],
    },
    {
      code: `import { QueryClient } from "macho-cache/query"; function App() { const client = new QueryClient(); return <p />; }`,
      errors: ["instance"],
    },
    wrong(
      "combine",
      `const count = useCachedQueries({ queries, combine: (all) => all.length }); return <p>{count}</p>;`,
    ),
    wrong("combine", `useCachedQueries({ queries, combine(all) { return all.length; } }); return <p />;`),
    wrong("combine", `const combine = (all) => all.length; useCachedQueries({ queries, combine }); return <p />;`),
    wrong(
      "combine",
      `function combine(all) { return all.length; } useCachedQueries({ queries, combine }); return <p />;`,
    ),
  ],
);
