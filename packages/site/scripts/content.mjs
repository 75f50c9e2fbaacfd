// Gathers the pages of the site in `.content/`: the guides of docs/, the site's own pages, and those that are made.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "vite";
import { decisionsPage } from "./decisions.mjs";
import { pageFrom } from "./page.mjs";
import { referencePages } from "./reference/pages.mjs";
import { CONTENT, files, pageOf, ROOT, SITE, sources } from "./places.mjs";

const textOf = (path) => readFileSync(join(ROOT, path), "utf8");

function write(page, text) {
  const to = join(CONTENT, page);
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

/** The site's own pages. Their code is the README's: there, a compiler reads it. */
function ownPage(text) {
  return text.replaceAll(/<!-- code of the README: (.*) -->/g, (_, heading) => {
    const section = textOf("README.md").split(`\n## ${heading}\n`)[1];
    const code = section === undefined ? null : /^```tsx?\n[\s\S]*?^```$/m.exec(section);
    if (!code) throw new Error(`README.md has no code below the heading "${heading}", which a page of the site shows.`);
    return code[0];
  });
}

rmSync(CONTENT, { recursive: true, force: true });
for (const source of sources()) write(pageOf(source), pageFrom(source, textOf(source)));
for (const file of files()) cpSync(join(ROOT, file), join(CONTENT, pageOf(file)));
for (const name of readdirSync(join(SITE, "pages")))
  write(name, ownPage(readFileSync(join(SITE, "pages", name), "utf8")));
write("decisions/index.md", decisionsPage());
// The explorer is beside the pages, as files.
await build({
  configFile: join(ROOT, "examples/explorer/in-page/vite.config.ts"),
  build: { outDir: join(CONTENT, "public/explorer") },
  logLevel: "warn",
});
for (const [page, text] of referencePages()) write(page, text);
