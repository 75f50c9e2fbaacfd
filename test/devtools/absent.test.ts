import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import * as absent from "../../src/devtools/absent.ts";
import * as real from "../../src/devtools/index.tsx";

const cache = new Cache();

test("production has the same names as development", () => {
  expect(Object.keys(absent).sort()).toEqual(Object.keys(real).sort());
});

test("production does nothing, and returns an undo all the same", () => {
  expect(absent.MachoDevtools({})).toBeNull();
  expect(absent.MachoDevtoolsPanel({})).toBeNull();
  expect(absent.mountDevtools(cache)()).toBeUndefined();
  expect(absent.launchDashboard(cache)()).toBeUndefined();
});

test("production has a plugin that shows nothing, of the same name", () => {
  const [plugin, shown] = [
    absent.machoDevtoolsPlugin(cache, { name: "Films" }),
    real.machoDevtoolsPlugin(cache, { name: "Films" }),
  ];
  expect([plugin.id, plugin.name]).toEqual([shown.id, shown.name]);
  expect(absent.machoDevtoolsPlugin(cache).name).toBe(real.machoDevtoolsPlugin(cache).name);
  expect(plugin.render({} as HTMLElement, { theme: "dark", devtoolsOpen: true })).toBeUndefined();
  expect(plugin.destroy()).toBeUndefined();
});

test("on a server, development touches nothing either", () => {
  expect(typeof document).toBe("undefined");
  expect(real.mountDevtools(cache)()).toBeUndefined();
  expect(real.launchDashboard(cache, { name: "x" })()).toBeUndefined();
});
