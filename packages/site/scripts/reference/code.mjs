// The code of a declaration as it stands in the sources, without its body.
import ts from "typescript";

/** Words in front of a declaration that say nothing to whoever uses it. */
const INNER = /^(?:export|declare|default|override|async)\s+/;

/** Where the code that matters ends: before a body, a list of members, or a value. */
function endOf(node) {
  if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) return node.members.pos - 1;
  if (ts.isFunctionLike(node) && node.body)
    return ts.isArrowFunction(node) ? node.equalsGreaterThanToken.pos : node.body.pos;
  if ((ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) && node.initializer) {
    return (node.type ?? node.name).end;
  }
  return node.end;
}

/** Text with as little space in front of its lines as it has below its first one. */
function outdented(text) {
  const [first, ...others] = text.split("\n");
  const widths = others.filter((line) => line.trim()).map((line) => /^ */.exec(line)[0].length);
  const width = Math.min(...widths);
  return [first, ...others.map((line) => line.slice(Number.isFinite(width) ? widthBelow(first, width) : 0))].join("\n");
}

/** The last line of a list is as far in as its first one. */
const widthBelow = (first, width) => (/[({[]$/.test(first) || width === 0 ? width : Math.max(0, width - 2));

/** @param node what declares a name, a member or a signature */
export function codeOf(node) {
  const text = node.getSourceFile().text.slice(node.getStart(), endOf(node)).trim();
  let code = text.replace(/[;,{=]$/, "").trim();
  while (INNER.test(code)) code = code.replace(INNER, "");
  if (ts.isVariableDeclaration(node)) code = `const ${code}`;
  return outdented(code);
}
