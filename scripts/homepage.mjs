// node scripts/homepage.mjs https://example.org/macho/ : moves the site. package.json says where it is, in `homepage`;
// pages that are read outside of the repository repeat it, since a link there must be whole.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const [address] = process.argv.slice(2);
if (!URL.canParse(address) || !address.endsWith("/")) {
  console.error(`The address of the site must be a URL that ends with "/", got ${address}. Pass https://example.org/`);
  process.exit(1);
}

const { homepage } = JSON.parse(readFileSync("package.json", "utf8"));
const packages = readdirSync("packages").flatMap((name) => [
  `packages/${name}/README.md`,
  `packages/${name}/package.json`,
]);
const others = ["README.md", "docs/command.md", "AGENTS.md", "package.json"];

/** The text of a file; none where there is no such file. */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

for (const file of [...others, ...packages]) {
  const text = textOf(file);
  const moved = text.replaceAll(homepage, address);
  if (moved !== text) writeFileSync(file, moved);
}
