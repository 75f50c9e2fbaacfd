// Every message of an error that the sources can make, by its code.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5.4";
import { constantOf } from "./remedies.ts";

const SOURCE = fileURLToPath(new URL("../../src/", import.meta.url));
const UNKNOWN = "…";
/** Parameters that name who complains, of whom there are many. */
const NAMES = new Set(["owner", "method", "caller", "component"]);
/** A function that throws for others is followed to whoever calls it, and to whoever calls that. */
const MOST_STEPS = 3;

export interface ErrorMessage {
  readonly code: string;
  /** With `…` for what is only known when it happens. */
  readonly text: string;
  readonly place: string;
}

/** What is known of the parameters of a function, by a call of it. */
type Known = ReadonlyMap<string, string>;
const NOTHING: Known = new Map();

type Call = ts.CallExpression | ts.NewExpression;
type Callable = ts.FunctionDeclaration | ts.MethodDeclaration;

class Sources {
  readonly files: readonly ts.SourceFile[];
  /** Calls by the name of what is called. */
  readonly #calls = new Map<string, Call[]>();

  constructor() {
    const paths = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
    this.files = paths.map((path) =>
      ts.createSourceFile(path, readFileSync(join(SOURCE, path), "utf8"), ts.ScriptTarget.ES2022, true),
    );
    for (const file of this.files) this.#add(file, file);
  }

  #add(node: ts.Node, file: ts.SourceFile): void {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = node.expression.getText(file).replace(/^this\./, "");
      this.#calls.set(name, [...this.callsOf(name), node]);
    }
    ts.forEachChild(node, (child) => this.#add(child, file));
  }

  callsOf(name: string): readonly Call[] {
    return this.#calls.get(name) ?? [];
  }

  /** Calls of a function of a file: in that file, or anywhere where it is exported. */
  callsOfFunction(made: Callable): readonly Call[] {
    const isShared = ts.getCombinedModifierFlags(made) & ts.ModifierFlags.Export;
    const calls = this.callsOf(made.name?.getText() ?? "");
    return isShared ? calls : calls.filter((call) => call.getSourceFile() === made.getSourceFile());
  }
}

const sources = new Sources();

/** The named function around a node. */
function functionAround(node: ts.Node): Callable | undefined {
  for (let scope = node.parent; scope !== undefined; scope = scope.parent) {
    if ((ts.isFunctionDeclaration(scope) || ts.isMethodDeclaration(scope)) && scope.name !== undefined) return scope;
  }
  return undefined;
}

/** All that an expression can be. */
function textsOf(node: ts.Node | undefined, known: Known): string[] {
  if (node === undefined) return [UNKNOWN];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue, known), ...textsOf(node.whenFalse, known)];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, known);
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (heads, { expression, literal }) =>
        heads.flatMap((head) => textsOf(expression, known).map((text) => head + text + literal.text)),
      [node.head.text],
    );
  }
  return textsOfOther(node, known);
}

function textsOfOther(node: ts.Node, known: Known): string[] {
  if (ts.isIdentifier(node)) {
    const text = known.get(node.text);
    return text === undefined ? textsOf(constantOf(node, node.getSourceFile()), known) : [text];
  }
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return [UNKNOWN];
  // Words of a function of the same file that only returns them.
  const file = node.getSourceFile();
  const made = file.statements.find(
    (each): each is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(each) && each.name?.text === node.expression.getText(file),
  );
  const [only, ...others] = made?.body?.statements ?? [];
  const isOne = only !== undefined && others.length === 0 && ts.isReturnStatement(only);
  return isOne ? textsOf(only.expression, NOTHING) : [UNKNOWN];
}

/** What a call says of the parameters of what it calls, in every way that it can be. */
function knownBy(made: Callable, call: Call, known: Known): Known[] {
  return made.parameters.reduce<Known[]>(
    (all, parameter, index) => {
      const name = parameter.name.getText();
      const texts = NAMES.has(name) ? [UNKNOWN] : textsOf(call.arguments?.[index] ?? parameter.initializer, known);
      return all.flatMap((each) => texts.map((text) => new Map([...each, [name, text]])));
    },
    [NOTHING],
  );
}

/** What can be known of the parameters around a node. */
function knownAround(node: ts.Node, steps = MOST_STEPS): Known[] {
  const made = functionAround(node);
  const calls = made && steps > 0 ? sources.callsOfFunction(made) : [];
  if (!made || calls.length === 0) return [NOTHING];
  return calls.flatMap((call) => knownAround(call, steps - 1).flatMap((known) => knownBy(made, call, known)));
}

/** The code and the words of what is made, from its arguments. */
const MAKERS: Readonly<
  Record<string, (args: readonly ts.Expression[], known: Known) => [code: string, texts: string[]]>
> = {
  MachoError: ([code, message], known) => [textsOf(code, known)[0]!, textsOf(message, known)],
  MachoOptionError: ([option, must, , remedy], known) => {
    const [names, musts, remedies] = [option, must, remedy].map((part) => textsOf(part, known)) as [
      string[],
      string[],
      string[],
    ];
    const said = names.flatMap((name) => musts.map((words) => `${name} ${words}, got ${UNKNOWN}. `));
    return ["invalid-option", said.flatMap((head) => remedies.map((words) => head + words))];
  },
};

/** What any option of any kind says: a message that is only one of these for an option of its own says no more. */
const ANY_OPTION = /^(?!…)\S+( must be …, got …\. Pass \{ .* \}\.| must not give a function, got …\. Pass \{ .* \}\.)$/;

/** Text without unknowns beside unknowns. */
function plain(text: string): string {
  return text.replaceAll(/…+/g, UNKNOWN).replace(/….…$/, `${UNKNOWN}.`);
}

/** Every message that what is made here can have. */
function messagesOf(name: string, node: ts.NewExpression): ErrorMessage[] {
  const file = node.getSourceFile();
  const place = `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
  return knownAround(node).flatMap((known) => {
    const [code, texts] = MAKERS[name]!(node.arguments?.slice() ?? [], known);
    return texts.map((text) => ({ code, text: plain(text), place }));
  });
}

/** Every message, each once. */
export function errorMessages(): ErrorMessage[] {
  const all = Object.keys(MAKERS).flatMap((name) =>
    sources
      .callsOf(name)
      .filter(ts.isNewExpression)
      .flatMap((node) => messagesOf(name, node)),
  );
  const found = new Map(all.map((message) => [`${message.code} ${message.text}`, message]));
  return [...found.values()].filter(({ text }) => !ANY_OPTION.test(text));
}

/** Everything that an option must be, in the words of the message: `Kind`s, and what makes them. */
export function optionRules(): string[] {
  const rules = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 3) {
      const [what, isGood, example] = node.elements;
      const isTest = isGood && (ts.isArrowFunction(isGood) || ts.isCallExpression(isGood) || ts.isIdentifier(isGood));
      const isSaid = what && (ts.isStringLiteralLike(what) || ts.isTemplateExpression(what));
      const hasExample = example && textsOf(example, NOTHING)[0] !== undefined;
      if (isTest && isSaid && hasExample) for (const text of textsOf(what, NOTHING)) rules.add(plain(text));
    }
    ts.forEachChild(node, look);
  };
  for (const file of sources.files) look(file);
  // One that begins so is made of others.
  return [...rules].filter((rule) => !rule.startsWith(UNKNOWN));
}
