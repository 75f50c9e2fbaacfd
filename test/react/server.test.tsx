import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { type DehydratedState, QueryClient, readText } from "macho-cache/query";
import { DehydratedScript, MachoProvider, useCachedQuery } from "macho-cache/react";
import { MachoDevtools } from "macho-cache/devtools";
import { type ReactElement, StrictMode, Suspense } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Backend } from "../support/backend.ts";
import { failOnComplaints } from "../support/complaints.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { PATIENCE } from "../support/patience.ts";

failOnComplaints();

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: { clock, ttl: 50 } });
});

afterEach(() => vi.restoreAllMocks());

function Film(): ReactElement {
  const { status, isFetching } = useCachedQuery(["film", 1], backend.fetcher);
  return <p>{`${status} ${isFetching}`}</p>;
}

const app = (): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>
      <Suspense fallback="waiting">
        <Film />
      </Suspense>
      <MachoDevtools initialIsOpen />
    </MachoProvider>
  </StrictMode>
);

describe("rendering on a server", () => {
  test.each([
    ["renderToString", async () => renderToString(app())],
    ["renderToPipeableStream", () => text(renderToPipeableStream(app()).pipe(new PassThrough()))],
  ] as const)(
    "by %s shows the pending state, without a load, a timer, a lookup or a warning",
    async (_name, render) => {
      const complain = vi.spyOn(console, "error");
      expect(await render()).toContain("<p>pending true</p>");
      expect(backend.count).toBe(0);
      expect(clock.timers).toEqual([]);
      expect(complain).not.toHaveBeenCalled();
      expect(client.cache.metrics).toMatchObject({ gets: 0, sets: 0, loads: { started: 0 } });
    },
  );

  test("of data that it waited for says that it is fresh, as it is for a second at least", async () => {
    function Waiting(): ReactElement {
      const { status, isFetching } = useCachedQuery(["film", 1], backend.fetcher, { suspense: true });
      return <p>{`${status} ${isFetching}`}</p>;
    }
    const html = text(
      renderToPipeableStream(
        <MachoProvider client={client}>
          <Suspense fallback="waiting">
            <Waiting />
          </Suspense>
        </MachoProvider>,
      ).pipe(new PassThrough()),
    );
    await vi.waitFor(() => expect(backend.count).toBe(1), PATIENCE);
    await backend.answer(0, "Ran");
    expect(await html).toContain("<p>success false</p>");
    expect(backend.count).toBe(1);
    expect(clock.timers).toEqual([]);
  });

  test("of data that was loaded before arms no timer, though it will expire", async () => {
    const value = client.fetchQuery(["film", 1], backend.fetcher);
    await backend.answer(0, "Ran");
    await value;
    renderToString(app());
    expect(clock.timers).toEqual([]);
  });
});

describe("a data block in the tree", () => {
  const blockOf = async (element: ReactElement): Promise<unknown> => {
    const html = await text(
      renderToPipeableStream(<MachoProvider client={client}>{element}</MachoProvider>).pipe(new PassThrough()),
    );
    const block = /<script type="application\/json" data-macho="(.*?)">([^<]*)<\/script>/.exec(html);
    const { queries } = readText(block?.[2] ?? "") as DehydratedState;
    return { name: block?.[1], data: queries.map(({ data }) => data) };
  };

  test("has what a filter means, and without one all that has data", async () => {
    client.setQueryData(["film", 1], "Ran");
    client.setQueryData(["film", 2], "Ikiru", { tags: ["old"] });
    client.setQueryData(["genres"], []);
    expect(await blockOf(<DehydratedScript />)).toEqual({ name: "", data: ["Ran", "Ikiru", []] });
    expect(await blockOf(<DehydratedScript queryKey={["film"]} />)).toEqual({ name: "", data: ["Ran", "Ikiru"] });
    expect(await blockOf(<DehydratedScript queryKey={["film"]} exact />)).toEqual({ name: "", data: [] });
    expect(await blockOf(<DehydratedScript tags={["old"]} name={'"a"'} />)).toEqual({
      name: "&quot;a&quot;",
      data: ["Ikiru"],
    });
  });

  test("waits for the loads that its filter names, not for those of others, and leaves out what failed", async () => {
    for (const key of ["a", "b", "c"]) void client.prefetchQuery([key], backend.fetcher);
    expect(await blockOf(<DehydratedScript />)).toEqual({ name: "", data: [] });
    const [named, failed] = ["a", "b"].map((key) =>
      blockOf(
        <Suspense fallback="waiting">
          <DehydratedScript queryKey={[key]} />
        </Suspense>,
      ),
    );
    await backend.answer(0, "A");
    await backend.fail(1, new Error("no"));
    expect(await named).toEqual({ name: "", data: ["A"] });
    expect(await failed).toEqual({ name: "", data: [] });
  });

  test("is refused for what is no filter, and for data that a text cannot hold", () => {
    client.setQueryData("film", { play: () => 1 });
    const block = (props: object): string =>
      renderToString(
        <MachoProvider client={client}>
          <DehydratedScript {...props} />
        </MachoProvider>,
      );
    expect(() => block({ which: "film" })).toThrow("which is not an option of DehydratedScript");
    expect(() => block({ queryKey: "film" })).toThrow("got a function at state.queries[0].data.play");
  });
});
