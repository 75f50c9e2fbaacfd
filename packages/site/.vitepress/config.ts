import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { GROUPS } from "./sidebar.ts";

const CONTENT = fileURLToPath(new URL("../.content/", import.meta.url));

export default defineConfig({
  title: "Macho",
  description: "A bounded, measured cache for front ends: an engine, React hooks over it, and a panel.",
  lang: "en",
  srcDir: ".content",
  outDir: "dist",
  cleanUrls: true,
  markdown: {
    config(md) {
      // Code is text, also inside a line: Vue must not take `{{ a: 1 }}` for an expression.
      const rule = md.renderer.rules.code_inline!;
      md.renderer.rules.code_inline = (tokens, at, ...rest) => {
        tokens[at]!.attrSet("v-pre", "");
        return rule(tokens, at, ...rest);
      };
    },
  },
  themeConfig: {
    search: { provider: "local" },
    sidebar: GROUPS.map(({ text, pages }) => ({
      text,
      items: pages
        .filter(([, page]) => existsSync(join(CONTENT, `${page}.md`)))
        .map(([name, page]) => ({ text: name, link: `/${page}` })),
    })),
  },
});
