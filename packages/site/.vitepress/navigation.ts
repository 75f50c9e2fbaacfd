import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DefaultTheme } from "vitepress";
import { GROUPS } from "./sidebar.ts";

const CONTENT = fileURLToPath(new URL("../.content/", import.meta.url));
type Item = DefaultTheme.SidebarItem;

/** The title that a page gives itself. */
function titleOf(page: string): string {
  const [, title = page] = /^# (.*)$/m.exec(readFileSync(join(CONTENT, `${page}.md`), "utf8")) ?? [];
  return title.replaceAll("`", "").replaceAll("\\", "");
}

/** Every page of a folder that a script fills, in the order of the file names, after its front page. */
function folder(name: string, text: string): Item[] {
  const pages = readdirSync(join(CONTENT, name), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && file !== "index.md")
    .map((file) => `${name}/${file.slice(0, -".md".length).replaceAll("\\", "/")}`)
    .sort();
  const items = pages.map((page) => ({ text: titleOf(page), link: `/${page.replace(/\/index$/, "/")}` }));
  return [{ text, link: `/${name}/`, items }];
}

/** Groups of the sidebar. None can be folded: the arrow that does it would be a button in a button. */
const groups = (): Item[] =>
  GROUPS.map(({ text, pages }) => ({
    text,
    items: pages.map(([name, page]) => ({ text: name, link: `/${page}` })),
  }));

/** Beside the groups: folders whose pages are made or numbered. */
export function sidebar(): DefaultTheme.SidebarMulti {
  const rest = [
    { text: "All guides", link: "/guides" },
    { text: "Reference", link: "/reference/" },
    { text: "Errors", link: "/errors/" },
    { text: "Examples", link: "/examples" },
    { text: "Decisions", link: "/decisions/" },
    { text: "Changelog", link: "/changelog" },
  ];
  return {
    "/decisions/": folder("decisions", "Decisions"),
    "/reference/": folder("reference", "Reference"),
    "/errors/": folder("errors", "Errors"),
    "/": [...groups(), { text: "More", items: rest }],
  };
}

/** The line at the top. */
export function navigation(): DefaultTheme.NavItem[] {
  const pages = (group: string): DefaultTheme.NavItemWithLink[] =>
    (GROUPS.find(({ text }) => text === group)?.pages ?? []).map(([text, page]) => ({ text, link: `/${page}` }));
  const [recipe] = pages("Recipes");
  return [
    { text: "Start", link: "/start" },
    { text: "Guides", link: "/guides" },
    ...(recipe ? [{ text: "Recipes", link: recipe.link, activeMatch: "^/recipes/" }] : []),
    { text: "Coming from", items: pages("Coming from") },
    { text: "Reference", link: "/reference/", activeMatch: "^/reference/" },
    { text: "Figures", link: "/benchmarks" },
  ];
}
