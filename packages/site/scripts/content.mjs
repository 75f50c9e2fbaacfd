// Gathers the pages of the site in `.content/`: the guides of docs/, with links out of docs/ made absolute.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const SITE = fileURLToPath(new URL("../", import.meta.url));
const ROOT = join(SITE, "..", "..");
const CONTENT = join(SITE, ".content");
const { repository } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const REPOSITORY = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** A link of a page: one that leads out of docs/ leads to the repository. */
function linkOf(page, link) {
  if (/^[a-z]+:|^#/.test(link)) return link;
  const [path, anchor] = link.split("#");
  const target = posix.join("docs", posix.dirname(page), path);
  if (target.startsWith("docs/") && existsSync(join(ROOT, target)) && /\.\w+$/.test(target)) return link;
  return `${REPOSITORY}/blob/main/${target}${anchor === undefined ? "" : `#${anchor}`}`;
}

function copyPage(page) {
  const text = readFileSync(join(ROOT, "docs", page), "utf8");
  const linked = text.replaceAll(
    /(\]\()([^()\s]+)(\))/g,
    (_, before, link, after) => before + linkOf(page, link) + after,
  );
  const to = join(CONTENT, page === "README.md" ? "index.md" : page);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, linked);
}

rmSync(CONTENT, { recursive: true, force: true });
for (const file of readdirSync(join(ROOT, "docs"), { recursive: true })) {
  if (file.endsWith(".md")) copyPage(file);
  else if (/\.\w+$/.test(file)) cpSync(join(ROOT, "docs", file), join(CONTENT, file));
}
