// Folders for tools that know no `exports`, Parcel and resolvers of linters among them: `macho-cache/query` is where
// query/package.json says. They are there only while the package is packed; `--remove` takes them away.
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { posix } from "node:path";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.entries(exports).filter(([entry, { default: main }]) => entry !== "." && main !== undefined);

function write(entry, { types, default: main }) {
  const from = (path) => posix.relative(entry, path);
  const fields = { type: "module", sideEffects: false, main: from(main), types: from(types) };
  mkdirSync(entry, { recursive: true });
  writeFileSync(`${entry}/package.json`, `${JSON.stringify(fields, undefined, 2)}\n`);
}

/** Takes a file away, and each folder above it that is empty then. */
function remove(entry) {
  rmSync(`${entry}/package.json`, { force: true });
  for (let folder = entry; folder !== "."; folder = posix.dirname(folder)) {
    if (readdirSync(folder).length > 0) return;
    rmdirSync(folder);
  }
}

if (!process.argv.includes("--remove")) entries.forEach(([entry, fields]) => write(entry, fields));
// The deepest first.
else for (const [entry] of entries.toSorted(([one], [other]) => other.length - one.length)) remove(entry);
