import { dehydrate, QueryClient, toScript } from "macho-cache/query";
import { renderToReadableStream } from "react-dom/server";
import { Films } from "./films.jsx";
import { filmOptions, votesOptions } from "./films.js";
import { Providers } from "./providers.jsx";

/** A page with its data, in one piece, for hosts that answer a `Request` with a `Response`. `/page.js` takes it over. */
export async function respond() {
  const client = new QueryClient();
  try {
    await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
    const stream = await renderToReadableStream(
      <Providers client={client}>
        <Films />
      </Providers>,
    );
    const body = `<div id="root">${await new Response(stream).text()}</div>${toScript(dehydrate(client))}`;
    const head = '<head><meta charset="utf-8"><title>Films</title><link rel="icon" href="data:,"></head>';
    const script = '<script type="module" src="/page.js"></script>';
    const html = `<!doctype html><html lang="en">${head}<body>${body}${script}</body></html>`;
    return new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  } finally {
    client.dispose();
  }
}
