// The README says from which TypeScript on the types are for: this one compiles what a user writes.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OTHER_LIBRARIES, writeExamples, writeRecipes } from "../support/guide-examples.ts";
import { installTypes, runTypes } from "../support/typed-package.ts";
import { wrongBlame } from "../support/wrong-app.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MODULES = join(ROOT, "node_modules");
/** An alias among the development dependencies. */
const OLDEST = "typescript-5.4";

/** Ms that a compiler may take on a busy machine: each project is a program of its own. */
const SLOW = 180_000;

let home: string;

/** The package as npm would install it, as far as a compiler looks at it, beside React's types. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "macho-oldest-"));
  installTypes(home, ["@testing-library", "vitest", "vitest-browser-react", ...OTHER_LIBRARIES]);
}, SLOW);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Compiles what a project of these options holds. */
function project(folder: string, options: object): string {
  const compilerOptions = {
    target: "es2022",
    module: "esnext",
    moduleResolution: "bundler",
    lib: ["es2022", "dom", "dom.iterable"],
    jsx: "react-jsx",
    strict: true,
    noEmit: true,
    types: [],
    ...options,
  };
  writeFileSync(join(home, folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["**/*"] }));
  return runTypes(OLDEST, home, "-p", join(home, folder));
}

test("the README names this version, and it is the one that is installed", () => {
  const { version } = JSON.parse(readFileSync(join(MODULES, OLDEST, "package.json"), "utf8")) as { version: string };
  expect(version).toMatch(/^5\.4\./);
  expect(readFileSync(join(ROOT, "README.md"), "utf8")).toContain("types are for TypeScript 5.4 or newer");
});

test("it compiles every example of the README and of the guides", { timeout: SLOW }, () => {
  mkdirSync(join(home, "guides"));
  expect(writeExamples(join(home, "guides"))).toBeGreaterThan(20);
  const strict = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };
  expect(project("guides", { ...strict, types: ["node"], skipLibCheck: true })).toBe("");
});

test("it compiles every recipe", { timeout: SLOW }, () => {
  mkdirSync(join(home, "recipes"));
  expect(writeRecipes(join(home, "recipes"))).toBeGreaterThan(1);
  const strict = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true };
  expect(project("recipes", { ...strict, types: ["node"], skipLibCheck: true })).toBe("");
});

test("it finds each mistake in a call", { timeout: SLOW }, () => {
  mkdirSync(join(home, "wrong"));
  const file = join(home, "wrong", "wrong.tsx");
  cpSync(join(ROOT, "test", "messages", "wrong.tsx"), file);
  // Its words are its own, and of a call with several overloads it blames the whole where these disagree.
  expect(wrongBlame(file, project("wrong", { exactOptionalPropertyTypes: true }), { isOld: true })).toEqual([]);
});

test.each([
  ["with the strictest rules", { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true }],
  ["with strict alone", {}],
])(
  "it infers what the newest one does, %s, and finds no fault in the declarations",
  { timeout: SLOW },
  (_rules, options) => {
    mkdirSync(join(home, "consumer"), { recursive: true });
    cpSync(join(ROOT, "test", "package", "installs", "typescript", "app.tsx"), join(home, "consumer", "app.tsx"));
    expect(project("consumer", options)).toBe("");
  },
);

// Of a project of its own: what is registered counts for a whole program.
const REGISTERED = `
import {
  MutationObserver, type MutationOptions, type MutationState, type MutateCallbacks, QueryClient, setMutationDefaults,
} from "macho-cache/query";
import { useCachedMutation, useCachedQuery, useMutationState } from "macho-cache/react";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => undefined;
class ApiError extends Error { status = 500 }
declare module "macho-cache/query" {
  interface Register { defaultError: ApiError }
}
const save = async (title: string) => title.length;

export function App() {
  const { error, failureReason, ...rest } = useCachedMutation({
    mutationFn: save,
    retry: (_failures, failure) => failure.status === 503,
    retryDelay: (_failures, failure) => failure.status,
    throwOnError: (failure) => failure.status > 499,
    onError: (failure) => same<typeof failure, ApiError>(true),
    onSettled: (_data, failure) => same<typeof failure, ApiError | undefined>(true),
  });
  same<typeof error, ApiError | undefined>(true);
  same<typeof failureReason, ApiError | undefined>(true);
  if (rest.isError) same<typeof rest.data, number | undefined>(true);
  const result = useCachedMutation({ mutationFn: save });
  if (result.status === "error") same<typeof result.error, ApiError>(true);
  if (result.isSuccess) same<typeof result.error, undefined>(true);
  const callbacks: MutateCallbacks<number, string> = {
    onError: (failure) => same<typeof failure, ApiError>(true),
    onSettled: (_data, failure) => same<typeof failure, ApiError | undefined>(true),
  };
  result.mutate("Ran", callbacks);
  const [first] = useMutationState();
  same<typeof first, MutationState>(true);
  same<MutationState["error"], ApiError | undefined>(true);
  same<ReturnType<typeof useCachedQuery<number>>["error"], ApiError | undefined>(true);
  // @ts-expect-error another error than is registered
  useCachedMutation({ mutationFn: save, onError: (failure: RangeError & { code: number }) => failure });
  return null;
}
const onError: MutationOptions<number, string>["onError"] = (failure) => same<typeof failure, ApiError>(true);
const client = new QueryClient({ defaultOptions: { mutations: { onError: (failure) => failure.status } } });
setMutationDefaults(client, ["a"], { onError, mutationFn: save });
new MutationObserver(client, { mutationFn: save }).getResult().error?.status;
`;

test("the registered error is that of mutations, too, in options, callbacks and results", { timeout: SLOW }, () => {
  mkdirSync(join(home, "registered"));
  writeFileSync(join(home, "registered", "app.tsx"), REGISTERED);
  expect(project("registered", {})).toBe("");
});
