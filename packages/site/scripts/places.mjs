// Which file of the repository is which page of the site.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const SITE = fileURLToPath(new URL("../", import.meta.url));
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const CONTENT = join(SITE, ".content");

/** Pages that are not below docs/, or have another name there. */
const OTHERS = new Map([
  ["README.md", "index.md"],
  ["docs/README.md", "guides.md"],
  ["CHANGELOG.md", "changelog.md"],
  ["examples/README.md", "examples.md"],
]);

/** Pages that a script makes: a link to them leads to the site, and they have no file. */
const MADE = new Map([["docs/decisions", "decisions/index.md"]]);

/** The page of a file or a folder, such as `recipes/forms.md`; `undefined` where the site has none. */
export function pageOf(path) {
  const file = posix.normalize(path).replace(/\/$/, "");
  if (MADE.has(file)) return MADE.get(file);
  if (existsSync(join(ROOT, file, "README.md"))) return pageOf(`${file}/README.md`);
  if (!existsSync(join(ROOT, file))) return undefined;
  const known = OTHERS.get(file);
  if (known !== undefined) return known;
  if (!/^docs\/.*\.\w+$/.test(file)) return undefined;
  return file.slice("docs/".length).replace(/(^|\/)README\.md$/, "$1index.md");
}

/** Files of docs/ that are no page, such as pictures. */
export const files = () => below("docs").filter((file) => !file.endsWith(".md"));

/** Every file that becomes a page; the front page of the site is its own. */
export const sources = () => [
  ...below("docs").filter((file) => file.endsWith(".md")),
  ...[...OTHERS.keys()].filter(
    (file) => !file.startsWith("docs/") && file !== "README.md" && existsSync(join(ROOT, file)),
  ),
];

function below(folder) {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath.slice(ROOT.length).replaceAll("\\", "/"), entry.name))
    .toSorted();
}

const packageJson = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
export const REPOSITORY = packageJson.repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
