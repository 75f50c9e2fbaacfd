// The site for programs that read text: llms.txt lists the pages (llmstxt.org), llms-full.txt holds all guides.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { GROUPS } from "./sidebar.ts";

/** A page as text: what its head says of it, and the rest. */
interface TextPage {
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly text: string;
}

const SUMMARY =
  "A bounded, measured cache for front ends, in TypeScript: an engine, React hooks over it that load and share a server's answers, and a panel that shows what the cache does and what to change.";

function readPage(content: string, path: string): TextPage {
  const whole = readFileSync(join(content, `${path}.md`), "utf8");
  const [head = "", text = whole] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(whole)?.slice(1) ?? [];
  const description = /^description: (".*")$/m.exec(head)?.[1];
  return {
    path,
    title: /^# (.*)$/m.exec(text)?.[1] ?? path,
    description: description === undefined ? "" : (JSON.parse(description) as string),
    text: text.trim(),
  };
}

/** Links between pages are whole addresses, since the text has no place of its own. Code stays as it is. */
function withWholeLinks({ path, text }: TextPage, home: string): string {
  const parts = text.split(/(^```[\s\S]*?^```$)/m);
  const linked = (part: string): string =>
    part
      .replaceAll(/^<[A-Z]\w+ \/>$/gm, "")
      .replaceAll(/!\[(.*?)\]\([^()\s]+\.(?:png|svg)\)/g, "(Picture: $1)")
      .replaceAll(/\]\((\.[^()\s]+)\)/g, (_, link: string) => {
        const [target = "", anchor] = link.split("#");
        const page = posix.join(posix.dirname(path), target.replace(/\.md$/, "")).replace(/(^|\/)index$/, "$1");
        return `](${home}${page}${anchor === undefined ? "" : `#${anchor}`})`;
      });
  return parts.map((part) => (part.startsWith("```") ? part : linked(part))).join("");
}

/** Writes both files beside the built pages. */
export function writePlainText(content: string, out: string, home: string): void {
  const groups = GROUPS.map(({ text, pages }) => ({
    text,
    pages: pages
      .filter(([, page]) => existsSync(join(content, `${page}.md`)))
      .map(([, page]) => readPage(content, page)),
  }));
  const list = groups.map(({ text, pages }) =>
    [
      `## ${text}`,
      "",
      ...pages.map(({ path, title, description }) => `- [${title}](${home}${path}): ${description}`),
    ].join("\n"),
  );
  const more = [
    "## Optional",
    "",
    `- [Reference](${home}reference/): every public name, by entry point`,
    `- [Errors](${home}errors/): a page for each code of an error, with cause and remedy`,
    `- [All guides](${home}llms-full.txt): as one text, with their code`,
  ].join("\n");
  writeFileSync(join(out, "llms.txt"), `# Macho\n\n> ${SUMMARY}\n\n${[...list, more].join("\n\n")}\n`);
  const texts = groups.flatMap(({ pages }) =>
    pages.map((page) => `<!-- ${home}${page.path} -->\n\n${withWholeLinks(page, home)}`),
  );
  writeFileSync(join(out, "llms-full.txt"), `# Macho: all guides\n\n> ${SUMMARY}\n\n${texts.join("\n\n---\n\n")}\n`);
}
