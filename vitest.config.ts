import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { ALIAS } from "./scripts/alias.ts";
import { Progress } from "./scripts/progress.mjs";
import { Report } from "./scripts/report.mjs";
import { CHROMIUM_FLAGS, chromiumPath } from "./test/support/chromium.ts";
import { guide } from "./test/support/guide-plugin.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The major version of React that a project runs its tests beside. */
    react: "18" | "19";
    /** What the clients of its tests rest on. */
    cache: "LruCache" | "Cache";
  }
}

/**
 * Tests, Macho and `vitest-browser-react` all get this React. In package.json, `overrides` lets it be installed beside
 * the newest one, which is not what its `react-dom` asks for as a peer.
 */
const REACT_18 = [
  { find: /^react(\/.+)?$/, replacement: "react-18$1" },
  { find: /^react-dom(\/.+)?$/, replacement: "react-dom-18$1" },
];

/** What comes by itself takes longer on a busy machine: a limit here is for what never comes. */
const PATIENT = { testTimeout: 120_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } };

/** What runs in a browser beside the React of these names. */
const inBrowser = (
  name: string,
  include: string,
  turn: number,
  react: string,
  reactDom: string,
): TestProjectInlineConfiguration => ({
  plugins: [guide],
  resolve: { alias: react === "react" ? ALIAS : [...REACT_18, ...ALIAS] },
  optimizeDeps: {
    include: [
      react,
      reactDom,
      `${reactDom}/client`,
      `${reactDom}/server`,
      `${react}/jsx-dev-runtime`,
      "use-sync-external-store/shim",
      "vitest-browser-react",
    ],
  },
  test: {
    ...PATIENT,
    name,
    include: [include],
    setupFiles: ["test/support/react-setup.ts"],
    sequence: inTurn(turn),
    // Hooks run on both kinds of cache: beside the older React on a `Cache`.
    provide: react === "react" ? { react: "19", cache: "LruCache" } : { react: "18", cache: "Cache" },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] } }),
      instances: [{ browser: "chromium" }],
    },
  },
});

/** The kinds of tests run one after the other, so that a browser is not measured beside another one. */
const inTurn = (groupOrder: number): { readonly groupOrder: number } => ({ groupOrder });

/** Counts for a program go where `TEST_REPORT` says. */
const report = process.env["TEST_REPORT"];

export default defineConfig({
  test: {
    // Vitest leaves one processor to itself, which on a machine with two leaves one for the tests.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ["default", new Progress(), ...(report ? [new Report({ outputFile: report })] : [])],
    projects: [
      {
        plugins: [guide],
        resolve: { alias: ALIAS },
        test: {
          ...PATIENT,
          name: "node",
          include: ["test/**/*.test.{ts,tsx}", "packages/*/test/**/*.test.{ts,tsx}"],
          exclude: ["**/*.{browser,jsdom}.test.tsx", "**/*.e2e.test.ts", "**/*.slow.test.ts", "**/node_modules/**"],
          provide: { react: "19", cache: "LruCache" },
          sequence: inTurn(0),
        },
      },
      {
        // What queries promise holds on a `Cache` as well.
        resolve: { alias: ALIAS },
        test: {
          ...PATIENT,
          name: "node-cache",
          include: ["test/query/{behaviours,kinds,observer,store,timing}/*.test.ts"],
          provide: { react: "19", cache: "Cache" },
          sequence: inTurn(0),
        },
      },
      {
        resolve: { alias: [...REACT_18, ...ALIAS] },
        test: {
          ...PATIENT,
          name: "node-18",
          include: ["test/react/*.test.{ts,tsx}"],
          exclude: ["test/**/*.browser.test.tsx"],
          provide: { react: "18", cache: "Cache" },
          setupFiles: ["test/support/react-18.ts"],
          sequence: inTurn(0),
        },
      },
      {
        // As most users test: Testing Library in a DOM that Node has, with the runner's names global.
        plugins: [guide],
        resolve: { alias: ALIAS },
        test: {
          ...PATIENT,
          name: "jsdom",
          include: ["test/**/*.jsdom.test.tsx", "packages/*/test/**/*.jsdom.test.tsx"],
          environment: "jsdom",
          globals: true,
          provide: { react: "19", cache: "LruCache" },
          setupFiles: ["test/support/react-setup.ts", "test/support/jsdom-setup.ts"],
          sequence: inTurn(0),
        },
      },
      inBrowser("browser", "test/**/*.browser.test.tsx", 1, "react", "react-dom"),
      inBrowser("browser-18", "test/{react,persist/react}/*.browser.test.tsx", 2, "react-18", "react-dom-18"),
      {
        resolve: { alias: ALIAS },
        test: {
          ...PATIENT,
          name: "e2e",
          include: ["test/**/*.e2e.test.ts", "packages/*/test/**/*.e2e.test.ts"],
          hookTimeout: 300_000,
          // Two browsers at a time, however many processors there are: what a page does in a second is looked at.
          maxWorkers: 2,
          sequence: inTurn(3),
        },
      },
      {
        // Counts, leaks and other things that take a program of their own or many seconds: `npm run test:slow`.
        resolve: { alias: ALIAS },
        test: {
          ...PATIENT,
          name: "slow",
          maxConcurrency: 2,
          include: ["test/**/*.slow.test.ts", "packages/*/test/**/*.slow.test.ts"],
          provide: { react: "19", cache: "LruCache" },
          testTimeout: 180_000,
          hookTimeout: 300_000,
          sequence: inTurn(4),
        },
      },
    ],
  },
});
