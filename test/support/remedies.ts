// What the messages of errors tell a reader to do, as the sources have it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5.4";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));

/** What a message names. */
export interface Remedy {
  /** `option` for the inside of an object of options, `sentence` for anything else. */
  readonly kind: "option" | "sentence";
  /** What it says, with `…` for what is only known when it happens. */
  readonly text: string;
  readonly place: string;
}

/**
 * The functions that throw for others, and where they take what to pass: `NAME: VALUE`, or the value alone of the option
 * that is their first argument. They are read where they are called.
 */
const EXAMPLES: Readonly<Record<string, { readonly example: number; readonly option?: number }>> = {
  check: { example: 4 },
  fail: { example: 3 },
  checkGiven: { example: 4 },
  checkKind: { option: 0, example: 3 },
  checkFunction: { example: 2 },
  checkMs: { option: 0, example: 2 },
  checkShare: { option: 0, example: 2 },
  checkCount: { option: 0, example: 2 },
  checkNumber: { option: 0, example: 4 },
  checkType: { option: 0, example: 4 },
};
/** Those whose value is always the same. */
const FIXED: Readonly<Record<string, string>> = { checkAge: "30_000" };
/** Those that take a sentence. */
const SENTENCES: Readonly<Record<string, number>> = {
  checkFetcher: 2,
  MachoOptionError: 3,
  reject: 1,
  "this.#reject": 1,
};
/** Those that make the names which are known their remedy, and those that read a table of options. */
const OTHERS = ["checkNames", "checkElsewhere", "checkOptions", "checkedAnswer", "readOptions"];
const HELPERS = new Set([...[EXAMPLES, FIXED, SENTENCES].flatMap(Object.keys), ...OTHERS]);

/** Whether this is inside of one of those functions, where nothing is known yet. */
function isInHelper(node: ts.Node, file: ts.SourceFile): boolean {
  for (let scope = node.parent; scope !== undefined; scope = scope.parent) {
    if ((ts.isFunctionDeclaration(scope) || ts.isMethodDeclaration(scope)) && scope.name !== undefined) {
      const name = scope.name.getText(file);
      return HELPERS.has(name) || HELPERS.has(`this.${name}`);
    }
  }
  return false;
}

/** Text with `…` for what is not known here; `undefined` where nothing is. */
function textOf(node: ts.Node | undefined, file: ts.SourceFile): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.map(({ expression, literal }) => (textOf(expression, file) ?? "…") + literal.text);
    return node.head.text + parts.join("");
  }
  if (ts.isIdentifier(node)) return textOf(constantOf(node, file), file);
  return undefined;
}

/** What a constant of the file is, by its name. A parameter of the same name counts for more. */
export function constantOf(name: ts.Identifier, file: ts.SourceFile): ts.Node | undefined {
  for (let scope: ts.Node = name; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((each) => each.name.getText(file) === name.text)) {
      const given = scope.parameters.find((each) => each.name.getText(file) === name.text);
      return given?.initializer;
    }
    let found: ts.Node | undefined;
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      scope.forEachChild((statement) => {
        if (!ts.isVariableStatement(statement)) return;
        const own = statement.declarationList.declarations.find((each) => each.name.getText(file) === name.text);
        found ??= own?.initializer;
      });
    }
    if (found) return found;
  }
  return undefined;
}

/** What a message says after what was wrong and what was got. */
function adviceOf(message: string): string | undefined {
  const afterGot = /\bgot .*?\. (.+)$/s.exec(message)?.[1];
  return afterGot ?? /^[^.]*\. (.+)$/s.exec(message)?.[1];
}

type Found = Omit<Remedy, "place"> | undefined;
const option = (name: string | undefined, example: string | undefined): Found =>
  example === undefined ? undefined : { kind: "option", text: name === undefined ? example : `${name}: ${example}` };

function ofCall(node: ts.CallExpression | ts.NewExpression, file: ts.SourceFile): Found {
  const name = node.expression.getText(file);
  const text = (index: number | undefined): string | undefined => textOf(node.arguments?.[index ?? -1], file);
  const own = EXAMPLES[name];
  if (own) return option(own.option === undefined ? undefined : (text(own.option) ?? "…"), text(own.example));
  if (FIXED[name] !== undefined) return option(text(0) ?? "…", FIXED[name]);
  const advice = name === "MachoError" ? adviceOf(text(1) ?? "") : text(SENTENCES[name]);
  return advice === undefined ? undefined : { kind: "sentence", text: advice };
}

/** Constants of kinds, by their names: those that tables of other files use. */
type Kinds = ReadonlyMap<string, ts.Node>;

/** The example of a kind: `[what, isGood, example]`, or what a call makes of others. */
function exampleOf(kind: ts.Node | undefined, file: ts.SourceFile, kinds: Kinds): string | undefined {
  if (kind === undefined) return undefined;
  if (ts.isIdentifier(kind))
    return exampleOf(constantOf(kind, file) ?? kinds.get(kind.text), kind.getSourceFile(), kinds);
  if (ts.isArrayLiteralExpression(kind)) return textOf(kind.elements[2], file);
  if (!ts.isCallExpression(kind)) return undefined;
  const name = kind.expression.getText(file);
  if (name === "either") return exampleOf(kind.arguments[0], file, kinds);
  if (name === "oneOf") return kind.arguments.at(-1)?.getText(file);
  return name === "countTo" ? (textOf(kind.arguments[2], file) ?? "1") : undefined;
}

/** A row of a table of options, `ttl: [kind, standard, example]`, in which all may be left out. */
function ofRow({ name, initializer }: ts.PropertyAssignment, file: ts.SourceFile, kinds: Kinds): Found {
  if (!ts.isArrayLiteralExpression(initializer) || initializer.elements.length > 3) return undefined;
  const [kind, , example] = initializer.elements;
  const known = exampleOf(kind, file, kinds);
  return known === undefined ? undefined : option(name.getText(file), textOf(example, file) ?? known);
}

/** What all files call a kind. */
function kindsOf(files: readonly ts.SourceFile[]): Kinds {
  const declared = files
    .flatMap((file) => file.statements.filter(ts.isVariableStatement))
    .flatMap(({ declarationList }) => declarationList.declarations.slice());
  const kinds = declared.filter(({ type }) => type?.getText() === "Kind");
  return new Map(kinds.flatMap(({ name, initializer }) => (initializer ? [[name.getText(), initializer]] : [])));
}

/** What a helper says where it is told nothing else. */
function ofDefault({ name, initializer }: ts.ParameterDeclaration, file: ts.SourceFile): Found {
  const text = name.getText(file) === "remedy" ? textOf(initializer, file) : undefined;
  return text === undefined ? undefined : { kind: "sentence", text };
}

function ofNode(node: ts.Node, file: ts.SourceFile, kinds: Kinds): Found {
  if (ts.isParameter(node)) return ofDefault(node, file);
  if (isInHelper(node, file)) return undefined;
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return ofCall(node, file);
  return ts.isPropertyAssignment(node) ? ofRow(node, file, kinds) : undefined;
}

/** What the sources tell, each once. */
export function remedies(): Remedy[] {
  const paths = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const files = paths.map((path) =>
    ts.createSourceFile(path, readFileSync(join(SOURCE, path), "utf8"), ts.ScriptTarget.ES2022, true),
  );
  const kinds = kindsOf(files);
  const found = new Map<string, Remedy>();
  for (const file of files) {
    const look = (node: ts.Node): void => {
      const remedy = ofNode(node, file, kinds);
      if (remedy) {
        const place = `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
        found.set(`${remedy.kind} ${remedy.text}`, { ...remedy, place });
      }
      ts.forEachChild(node, look);
    };
    look(file);
  }
  return [...found.values()];
}
