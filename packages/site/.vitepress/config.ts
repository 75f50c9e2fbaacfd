import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { ALIAS } from "../../../scripts/alias.ts";
import { navigation, sidebar } from "./navigation.ts";
import { writePlainText } from "./plain-text.ts";

const file = fileURLToPath(new URL("../../../package.json", import.meta.url));
const { homepage, repository } = JSON.parse(readFileSync(file, "utf8")) as {
  homepage: string;
  repository: { url: string };
};
const REPOSITORY = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");
/** Where the site is, as package.json says. */
const HOME = new URL(homepage.split("#")[0]!);

/** The anchor of a heading as a code host makes it, so that a link to it leads there in both places. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

/** A cell of a table's head without text heads nothing: for readers of the screen it is a cell. */
function unhead(
  token: { type: string; tag: string },
  at: number,
  tokens: { type: string; tag: string; content: string }[],
): void {
  if (token.type !== "th_open" || tokens[at + 1]?.content !== "") return;
  token.tag = "td";
  tokens[at + 2]!.tag = "td";
}

export default defineConfig({
  title: "Macho",
  description: "A bounded, measured cache for front ends: an engine, React hooks over it, and a panel.",
  lang: "en",
  base: HOME.pathname.replace(/\/?$/, "/"),
  srcDir: ".content",
  outDir: "dist",
  cleanUrls: true,
  buildEnd: ({ srcDir, outDir }) => writePlainText(srcDir, outDir, HOME.href.replace(/\/?$/, "/")),
  sitemap: { hostname: HOME.href.replace(/\/?$/, "/") },
  head: [
    // A mark in the text of the page: it costs no request.
    ["link", { rel: "icon", type: "image/svg+xml", href: `data:image/svg+xml,${encodeURIComponent(icon())}` }],
    ["meta", { name: "theme-color", content: "#b3391f" }],
  ],
  // Where a page was written, so that its edit link leads there. One that a script makes has none.
  transformPageData(page) {
    const { source } = page.frontmatter as { source?: string };
    if (source === undefined) page.frontmatter["editLink"] = false;
    else page.filePath = source;
  },
  // What runs in a page is the code of this checkout.
  vite: {
    resolve: {
      alias: [
        { find: /^.*\/VPHome\.vue$/, replacement: fileURLToPath(new URL("./theme/home.ts", import.meta.url)) },
        ...ALIAS,
      ],
    },
    worker: { format: "es" },
  },
  markdown: {
    // Their colours can be read on the background of code: all have a contrast of 4.5 and more.
    theme: { light: "github-light-high-contrast", dark: "github-dark-default" },
    anchor: { slugify: anchorOf },
    config(md) {
      // Code is text, also inside a line: Vue must not take `{{ a: 1 }}` for an expression.
      const rule = md.renderer.rules.code_inline!;
      md.renderer.rules.code_inline = (tokens, at, ...rest) => {
        tokens[at]!.attrSet("v-pre", "");
        return rule(tokens, at, ...rest);
      };
      md.core.ruler.push("empty-headers", ({ tokens }) => tokens.forEach(unhead));
    },
  },
  themeConfig: {
    logo: { src: `data:image/svg+xml,${encodeURIComponent(icon())}`, alt: "" },
    search: { provider: "local" },
    nav: navigation(),
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: REPOSITORY, ariaLabel: "The repository" }],
    editLink: { pattern: `${REPOSITORY}/edit/main/:path`, text: "Edit this page" },
    notFound: {
      title: "There is no page here",
      quote: "The address may be an old one. The search finds a page by a word of its text.",
      linkText: "To the front page",
      linkLabel: "To the front page",
    },
  },
});

function icon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#b3391f"/><path d="M6 4.5v7l6-3.5z" fill="white"/></svg>`;
}
