import { dehydrate, hydrate, hydrateScripts, QueryClient, readScript, toScript, toText } from "macho-cache/query";
import { afterEach, expect, test } from "vitest";

/** A data block that knows one key. */
function blockOf(key: string, data: unknown, name?: string): string {
  const client = new QueryClient();
  client.setQueryData(key, data);
  return toScript(dehydrate(client), { name });
}

function show(html: string): HTMLElement {
  const element = document.createElement("div");
  element.innerHTML = html;
  document.body.append(element);
  return element;
}

afterEach(() => document.body.replaceChildren());

test("gives a client what all blocks of the page say", () => {
  const client = new QueryClient();
  show(blockOf("a", 1) + blockOf("b", { on: new Date(0) }));
  hydrateScripts(client);
  expect(client.getQueryData("a")).toBe(1);
  expect(client.getQueryData("b")).toEqual({ on: new Date(0) });
});

test("reads each block once, and one that came later when it is called again", async () => {
  const client = new QueryClient();
  show(blockOf("a", 1));
  hydrateScripts(client);
  await client.resetQueries();
  client.removeQueries();
  show(blockOf("b", 2));
  hydrateScripts(client);
  expect(client.getQueryData("a")).toBe(undefined);
  expect(client.getQueryData("b")).toBe(2);
});

test("leaves the page as it is", () => {
  const element = show(blockOf("a", 1));
  const before = element.innerHTML;
  hydrateScripts(new QueryClient());
  expect(element.innerHTML).toBe(before);
});

test("gives each of two clients what is under its name", () => {
  const [films, cart] = [new QueryClient(), new QueryClient()];
  show(blockOf("a", 1) + blockOf("a", 2, 'the "cart" & <more>'));
  hydrateScripts(films);
  hydrateScripts(cart, { name: 'the "cart" & <more>' });
  expect([films.getQueryData("a"), cart.getQueryData("a")]).toEqual([1, 2]);
});

test("says that a block is damaged, takes nothing of it, and takes the others", () => {
  const client = new QueryClient();
  const [good, bad] = [blockOf("a", 1), blockOf("b", 2).replace("2", "[9]")];
  const half = `<script type="application/json" data-macho="">${toText({ version: 1, at: 0, queries: [{ key: "c" }] })}</script>`;
  show(bad + good + half);
  expect(() => hydrateScripts(client)).toThrow(expect.objectContaining({ code: "invalid-dump" }));
  expect(client.getQueries().map(({ key }) => key)).toEqual(["a"]);
  // It was said.
  hydrateScripts(client);
});

test("readScript gives what the blocks of a name hold, as often as it is asked", () => {
  show(blockOf("a", 1) + blockOf("b", 2n) + blockOf("a", 3, "cart"));
  const states = readScript();
  expect(readScript()).toEqual(states);
  expect(readScript({ name: "nobody" })).toEqual([]);
  const client = new QueryClient();
  for (const state of states) hydrate(client, state);
  expect([client.getQueryData("a"), client.getQueryData("b")]).toEqual([1, 2n]);
  show(blockOf("c", 3).replace("3", "[9]"));
  expect(() => readScript()).toThrow(expect.objectContaining({ code: "invalid-dump" }));
});

test("a block is never run, and makes no other element, whatever is in it", () => {
  const hostile = ['</script><img src=x onerror="window.hacked=1">', "<!--<script>", "--></script>", "<![CDATA["];
  const element = show(hostile.map((text) => blockOf(text, text, text)).join(""));
  expect(element.querySelectorAll("*").length).toBe(hostile.length);
  for (const [place, block] of [...element.children].entries()) {
    const client = new QueryClient();
    expect(block.localName).toBe("script");
    hydrateScripts(client, { name: hostile[place] });
    expect(client.getQueryData(hostile[place]!)).toBe(hostile[place]);
  }
  expect("hacked" in window).toBe(false);
});
