import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { launchDashboard, MachoDevtools, MachoDevtoolsPanel } from "macho-cache/devtools";
import { mountDevtools } from "macho-cache/devtools/mount";
import { MachoProvider, QueryClient, useCachedMutation, useCachedQuery } from "macho-cache/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

function Film({ load }) {
  const { data, isPending } = useCachedQuery(["film", 1], load, { retry: false });
  const { mutate } = useCachedMutation({
    mutationFn: async () => "Ikiru",
    onSuccess: (title, _variables, _context, { client }) => client.setQueryData(["film", 1], title),
  });
  return <button onClick={() => mutate()}>{isPending ? "Loading ..." : data}</button>;
}

beforeEach(() => {
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(async () => {
  cleanup();
  await vi.dynamicImportSettled();
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test.each([
  ["without devtools", undefined],
  ["with closed devtools", <MachoDevtools key="closed" />],
  ["with open devtools", <MachoDevtools key="open" initialIsOpen />],
  ["with a panel", <MachoDevtoolsPanel key="panel" />],
])("a component shows what it loads and what a mutation makes of it, %s", async (_how, devtools) => {
  const client = new QueryClient();
  const { unmount } = render(
    <MachoProvider client={client}>
      <Film load={async () => "Ran"} />
      {devtools}
    </MachoProvider>,
  );
  fireEvent.click(await screen.findByText("Ran"));
  expect(await screen.findByText("Ikiru")).toBeTruthy();
  await vi.dynamicImportSettled();
  unmount();
  expect(document.querySelector("macho-devtools")).toBe(null);
});

test("the devtools without React leave nothing", async () => {
  for (const show of [mountDevtools, launchDashboard]) {
    const undo = show(new QueryClient());
    await vi.dynamicImportSettled();
    undo();
    expect(document.querySelector("macho-devtools")).toBe(null);
  }
});

test("a page that is in sight again, and one that is back on the network, load again", async () => {
  const load = vi.fn(async () => "Ran");
  render(
    <MachoProvider>
      <Film load={load} />
    </MachoProvider>,
  );
  await screen.findByText("Ran");
  document.dispatchEvent(new Event("visibilitychange"));
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  await screen.findByText("Ran");
  window.dispatchEvent(new Event("offline"));
  window.dispatchEvent(new Event("online"));
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(3));
});
