// Arrows between the rooms point one way: react -> query -> core/lru, query and core <- devtools.
// Inside the query layer they run from folder to folder, downwards only.
// Checked on the import statements of every source file, together with cycles, floors, the length of files
// and what each room may use.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Which rooms a room may import. */
const ARROWS = {
  core: [],
  query: ["core"],
  react: ["query"],
  devtools: ["simulate", "query", "core"],
  persist: ["query", "core"],
  simulate: ["core"],
};
/** The folders of the query layer, from the top down. Each may use those below it. */
const QUERY_FOLDERS = [
  "mutation",
  "hydration",
  "client",
  "kinds",
  "observer",
  "store",
  "machine",
  "model",
  "timing",
  "key",
];
/** The most files that a folder of the query layer has. */
const MOST_FILES = 12;
/** The most files that import each other in a row, entry included, inside the query layer. */
const MOST_FLOORS = 12;
/** A room within a room: the small core imports nothing of the engine above it, and queries nothing else of it. */
const SMALL_CORE = "core/lru/";
/** The most lines of a file. One is longer, for the reason that a record gives. */
const MOST_LINES = 350;
const LONGER = { "core/lru/store.ts": "docs/decisions/0027-two-floors.md" };
/** The one exception: the provider's context. */
const EXCEPTION = { from: "devtools/index.tsx", to: "react/context.ts" };
/** Packages by room; engine and query layer have none. */
const PACKAGES = {
  react: /^(react|use-sync-external-store)(\/|$)/,
  devtools: /^preact(\/|$)/,
};
/** Files that may use a package that their room may not. */
const FILE_PACKAGES = { "devtools/index.tsx": /^react$/, "persist/react.ts": /^react$/ };
/** Rooms without a page, and the one file each that may know it. */
const NO_PAGE = { core: undefined, query: "query/timing/environment.ts" };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s*"([^"]+)"|(?:^|\n)\s*import\s*"([^"]+)"|import\("([^"]+)"\)/g;

/** @returns {string[]} what is wrong in a tree of sources, one sentence each */
export function findings(root) {
  const files = new Map(sources(root).map((file) => [file, readFileSync(join(root, file), "utf8")]));
  const imports = new Map([...files].map(([file, text]) => [file, importsOf(text)]));
  return [
    ...[...imports].flatMap(([file, names]) => names.flatMap((name) => crossing(file, name))),
    ...[...files].flatMap(([file, text]) => pageUse(file, text)),
    ...[...files].flatMap(([file, text]) => long(file, text)),
    ...crowded([...files.keys()]),
    ...cycles(imports),
    ...towers(imports),
  ];
}

/** @returns {string[]} relative paths of an example into the sources: user code imports the package by its name */
export function exampleFindings(root) {
  const files = sources(root).filter((file) => !file.endsWith("vite.config.ts"));
  return files.flatMap((file) =>
    importsOf(readFileSync(join(root, file), "utf8"))
      .filter((name) => /^\.\.?\/.*\bsrc\//.test(name))
      .map((name) => `${file} imports ${name}. An example imports the package by its name.`),
  );
}

function sources(root) {
  const skipped = (file) => /(^|\/)(node_modules|dist)\//.test(file);
  return readdirSync(root, { recursive: true })
    .filter((file) => /\.tsx?$/.test(file) && !skipped(file))
    .map((file) => file.replaceAll("\\", "/"));
}

function importsOf(text) {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3]);
}

function resolve(file, name) {
  return join(dirname(file), name).replaceAll("\\", "/");
}

const roomOf = (file) => file.split("/")[0];

function crossing(file, name) {
  const room = roomOf(file);
  if (!name.startsWith(".")) {
    const allowed = PACKAGES[room]?.test(name) || FILE_PACKAGES[file]?.test(name);
    return allowed ? [] : [`${file} imports the package ${name}, which ${room} may not.`];
  }
  const target = resolve(file, name);
  const other = roomOf(target);
  if (other === room && room === "query") return upward(file, target);
  if (file.startsWith(SMALL_CORE) && !target.startsWith(SMALL_CORE)) {
    return [`${file} imports ${target}: no arrow leads out of ${SMALL_CORE.slice(0, -1)}.`];
  }
  if (room === "query" && other === "core" && !target.startsWith(SMALL_CORE)) {
    return [`${file} imports ${target}: of the engine, query may import ${SMALL_CORE.slice(0, -1)} alone.`];
  }
  if (other === room || ARROWS[room]?.includes(other)) return [];
  if (file === EXCEPTION.from && target === EXCEPTION.to) return [];
  return [`${file} imports ${target}: no arrow leads from ${room} to ${other}.`];
}

const folderOf = (file) => QUERY_FOLDERS.indexOf(file.split("/")[1]);

/** An arrow inside the query layer. Files beside the folders are its entries, which may use all of them. */
function upward(file, target) {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === -1 ? file.split("/").length === 2 : to >= from) return [];
  return [`${file} imports ${target}: no arrow leads up from ${file.split("/")[1]}.`];
}

function long(file, text) {
  const lines = text.split("\n").length - 1;
  const isMeant = file in LONGER && text.includes(LONGER[file]);
  return lines > MOST_LINES && !isMeant ? [`${file} has ${lines} lines; the most is ${MOST_LINES}.`] : [];
}

/** Folders of the query layer with too many files. */
function crowded(files) {
  return QUERY_FOLDERS.flatMap((folder) => {
    const { length } = files.filter((file) => file.startsWith(`query/${folder}/`));
    return length > MOST_FILES ? [`query/${folder} has ${length} files; the most is ${MOST_FILES}.`] : [];
  });
}

function pageUse(file, text) {
  const room = roomOf(file);
  if (!(room in NO_PAGE) || NO_PAGE[room] === file) return [];
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "");
  const used = /(?<![\w.#])(window|document|navigator|localStorage)\b(?!\s*:)/.exec(code);
  return used ? [`${file} uses ${used[1]}; ${room} runs without a page.`] : [];
}

/** The longest row of files of the query layer that import each other, if it is too long. Types count. */
function towers(imports) {
  const rows = new Map();
  const rowBelow = (file, path) => {
    if (path.includes(file)) return [];
    if (rows.has(file)) return rows.get(file);
    const below = imports.get(file).map((name) => resolve(file, name));
    const inQuery = below.filter((target) => roomOf(target) === "query" && imports.has(target));
    const longest = inQuery
      .map((target) => rowBelow(target, [...path, file]))
      .reduce((a, b) => (b.length > a.length ? b : a), []);
    rows.set(file, [file, ...longest]);
    return rows.get(file);
  };
  const all = [...imports.keys()].filter((file) => roomOf(file) === "query").map((file) => rowBelow(file, []));
  const tallest = all.reduce((a, b) => (b.length > a.length ? b : a), []);
  return tallest.length > MOST_FLOORS
    ? [`${tallest.length} floors in query; the most is ${MOST_FLOORS}: ${tallest.join(" -> ")}.`]
    : [];
}

/** Files that import each other in a circle, each circle once. Types count: they tie rooms together as well. */
function cycles(imports) {
  const found = [];
  const state = new Map();
  const visit = (file, path) => {
    if (state.get(file) === "done" || !imports.has(file)) return;
    if (path.includes(file))
      return void found.push(`Cycle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}.`);
    for (const name of imports.get(file)) if (name.startsWith(".")) visit(resolve(file, name), [...path, file]);
    state.set(file, "done");
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = [...findings("src"), ...exampleFindings("examples")];
  for (const sentence of wrong) console.error(sentence);
  console.log(`arrows: ${wrong.length} findings (${relative(process.cwd(), "src") || "."})`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
