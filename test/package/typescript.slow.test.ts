import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, InstalledApp } from "./installed-app.ts";

let app: InstalledApp;
beforeAll(() => {
  app = new InstalledApp("typescript");
});
afterAll(() => app.remove());

const OLD = ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9"];
const VERSIONS = [...OLD, "6.0", "7.0"];
/** How `import` finds a package, and with which kinds of modules. */
const RESOLUTIONS: Record<string, object> = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node16: { module: "node16", moduleResolution: "node16" },
  node10: { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "5.0" },
  "node10 of 6.0": { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" },
};

/** Compiles these files with nothing of a library left unchecked. */
function compile(version: string, options: object, files = ["app.tsx"]): Promise<Ended> {
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom"],
    jsx: "react-jsx",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
    ...options,
  };
  const config = `tsconfig.${version}.${JSON.stringify(options).replaceAll(/\W/g, "")}.json`;
  writeFileSync(join(app.home, config), JSON.stringify({ compilerOptions, files }));
  return app.run(`typescript-${version}/bin/tsc`, ["--pretty", "false", "-p", config]);
}

const CASES = [
  ...VERSIONS.flatMap((version) => ["bundler", "node16"].map((resolution) => [version, resolution] as const)),
  ...OLD.map((version) => [version, "node10"] as const),
  ["6.0", "node10 of 6.0"] as const,
];

test.concurrent.each(CASES)("TypeScript %s compiles an app under %s, declarations included", async (version, by) => {
  expect(await compile(version, RESOLUTIONS[by]!)).toEqual({ status: 0, said: "" });
});

describe("the README says beside which libs the declarations compile", () => {
  const README = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

  test("and with which versions", () => {
    expect(README).toContain(`types are for TypeScript ${VERSIONS[0]} or newer`);
    expect(README).toContain("beside the libs `es2018` and `dom`, or beside `@types/node`");
  });

  test.concurrent.each(["5.4", "7.0"])("%s needs `es2018` and `dom`, or `@types/node`", async (version) => {
    const { bundler } = RESOLUTIONS;
    const page = { ...bundler, lib: ["es2018", "dom"] };
    expect(await compile(version, page, ["entries.ts"])).toEqual({ status: 0, said: "" });
    const server = { ...bundler, lib: ["es2022"], types: ["node"] };
    expect(await compile(version, server, ["entries.ts"])).toEqual({ status: 0, said: "" });
    const { said } = await compile(version, { ...bundler, lib: ["es2022"] }, ["entries.ts"]);
    expect(said).toContain("Cannot find name 'AbortSignal'");
  });
});
