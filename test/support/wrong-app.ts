import { readFileSync } from "node:fs";
import { basename } from "node:path";

interface Complaint {
  readonly line: number;
  readonly column: number;
  text: string;
}

/** What a compiler said of a file, with the lines that explain it. */
function complaintsOf(file: string, said: string): Complaint[] {
  const found: Complaint[] = [];
  for (const each of said.split("\n")) {
    const [, name = "", line, column, text = ""] = /^(\S+)\((\d+),(\d+)\): error TS\d+: (.*)$/.exec(each) ?? [];
    if (basename(name) === basename(file)) found.push({ line: Number(line), column: Number(column), text });
    else if (found.length > 0) found[found.length - 1]!.text += `\n${each}`;
  }
  return found;
}

/**
 * Holds what a compiler said of a file against its comments, `// expect WORD: MESSAGE` above each mistake.
 * @param options `isOld` for a compiler before 7, which has other words, and may blame the whole call
 * @returns one sentence for each thing that it said otherwise
 */
export function wrongBlame(file: string, said: string, { isOld = false } = {}): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const expected = lines.flatMap((text, index) => {
    const [, word, message = ""] = /^\s*\/\/ expect (\S+): (.*)$/.exec(text) ?? [];
    return word === undefined ? [] : [{ word, message, line: index + 1 }];
  });
  const found = complaintsOf(file, said);
  const wrong = expected.flatMap(({ word, message, line }, index) => {
    const end = expected[index + 1]?.line ?? Infinity;
    const own = found.filter((each) => each.line > line && each.line < end);
    const [complaint] = own;
    if (own.length !== 1 || complaint === undefined) return [`line ${line}: ${own.length} complaints`];
    const blamed = lines[complaint.line - 1]!.slice(complaint.column - 1);
    if (isOld && /^\w+\(/.test(blamed)) return [];
    if (!blamed.startsWith(word)) return [`line ${line}: it blames ${blamed}`];
    return !isOld && !complaint.text.includes(message) ? [`line ${line}: it says ${complaint.text}`] : [];
  });
  return [...wrong, ...(found.length === expected.length ? [] : [`${found.length} complaints in all`])];
}
