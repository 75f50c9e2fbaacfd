// @vitest-environment jsdom
import { QueryClient } from "macho-cache/query";
import { MachoProvider } from "macho-cache/react";
import { act } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { failOnComplaints } from "../support/complaints.ts";
import * as absent from "../../src/devtools/absent.ts";
import * as present from "../../src/devtools/index.tsx";
import { PATIENCE } from "../support/patience.ts";

failOnComplaints();

const BUILDS = { development: present, production: absent };
type Build = keyof typeof BUILDS;

const client = new QueryClient();
/** A panel, and the devtools of the page, as a development server of Vite renders them in each half of a page. */
function App({ build }: { build: Build }) {
  const { MachoDevtools, MachoDevtoolsPanel } = BUILDS[build];
  return (
    <MachoProvider client={client}>
      <h1>Films</h1>
      <div style={{ height: 300 }}>
        <MachoDevtoolsPanel />
      </div>
      <MachoDevtools initialIsOpen name="page" />
      <p>end</p>
    </MachoProvider>
  );
}

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each([
  ["production", "development"],
  ["development", "development"],
  ["production", "production"],
] as const)("a page that a server renders with the %s build hydrates with the %s build", async (server, page) => {
  const complain = vi.spyOn(console, "error");
  const place = document.body.appendChild(document.createElement("main"));
  place.innerHTML = renderToString(<App build={server} />);
  const heading = place.querySelector("h1");
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(place, <App build={page} />, { onRecoverableError }));
  const hosts = page === "development" ? 2 : 0;
  await vi.waitFor(() => expect(document.querySelectorAll("macho-devtools")).toHaveLength(hosts), PATIENCE);
  expect(place.querySelector("h1")).toBe(heading);
  expect(place.querySelector("h1 + div macho-devtools") !== null).toBe(page === "development");
  await act(async () => root.unmount());
  expect(document.querySelector("macho-devtools")).toBeNull();
  place.remove();
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(complain).not.toHaveBeenCalled();
});

test("beside the provider of another copy, the devtools name two copies as a cause, and show what is passed", async () => {
  vi.resetModules();
  const { MachoProvider: Other } = await import("macho-cache/react");
  const errors: unknown[] = [];
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const shown = (): string => {
    try {
      return renderToString(
        <Other client={client}>
          <present.MachoDevtools />
        </Other>,
      );
    } catch (error) {
      errors.push(error);
      return "";
    }
  };
  shown();
  expect(errors).toEqual([
    expect.objectContaining({ code: "no-provider", message: expect.stringContaining("two copies of macho-cache") }),
  ]);
  const place = document.body.appendChild(document.createElement("main"));
  const root = await act(async () =>
    hydrateRoot(
      place,
      <Other client={client}>
        <present.MachoDevtools client={client} />
      </Other>,
    ),
  );
  expect(document.querySelectorAll("macho-devtools")).toHaveLength(1);
  await act(async () => root.unmount());
  place.remove();
});
