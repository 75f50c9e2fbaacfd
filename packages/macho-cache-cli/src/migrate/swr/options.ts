// Options of SWR and what they are here.
import type { NodePath } from "@babel/traverse";
import type { ObjectExpression, ObjectProperty } from "@babel/types";
import { arityOf, keyOf, plain } from "../definition.ts";
import type { Remark } from "../finding.ts";
import type { FileMigration } from "../file-migration.ts";
import { freeName, isInlineFunction } from "../function-edits.ts";
import { valueOf } from "../tanstack/options.ts";
import { remark, SECTION } from "./remarks.ts";

/** Another text for a property; `undefined` for one that is left. */
type OptionRule = (file: FileMigration, value: NodePath, property: NodePath) => string | Remark;

/** The same value under another name. */
const named =
  (name: string): OptionRule =>
  (file, value) =>
    `${name}: ${file.text(value.node)}`;

/** The same for `true` and `false` alone. */
const flag =
  (name: string): OptionRule =>
  (file, value) =>
    value.isBooleanLiteral() ? `${name}: ${file.text(value.node)}` : unclear(name);

function unclear(name: string): Remark {
  return remark(name, "It is not known here what this is.", `Write ${name}, where it fits.`, SECTION.options);
}

const left =
  (why: string, remedy: string): OptionRule =>
  (_file, _value, property) =>
    remark(keyOf(property) ?? "", why, remedy, SECTION.options);

const RULES: Readonly<Record<string, OptionRule>> = {
  fetcher: (file, value) => `fetcher: ${fetcherText(file, value)}`,
  refreshInterval: interval,
  refreshWhenHidden: flag("refetchIntervalInBackground"),
  revalidateOnFocus: flag("refetchOnWindowFocus"),
  revalidateOnReconnect: flag("refetchOnReconnect"),
  revalidateIfStale: flag("refetchOnMount"),
  revalidateOnMount: (_file, value) =>
    value.isBooleanLiteral({ value: true })
      ? 'refetchOnMount: "always"'
      : remark(
          "revalidateOnMount",
          "Absent data is always loaded.",
          "Use enabled: false, and refetch.",
          SECTION.options,
        ),
  dedupingInterval: (file, value) =>
    isInlineFunction(value) ? unclear("staleTime") : named("staleTime")(file, value, value),
  shouldRetryOnError: (_file, value) => (value.isBooleanLiteral({ value: false }) ? "retry: false" : unclear("retry")),
  errorRetryCount: named("retry"),
  suspense: flag("suspense"),
  keepPreviousData: (_file, value) =>
    value.isBooleanLiteral({ value: true }) ? KEEP_PREVIOUS : unclear("placeholderData"),
  fallbackData: named("placeholderData"),
  errorRetryInterval: left(
    "Delays double from retryDelay on, with another jitter.",
    "Write retryDelay: (failures) => ms.",
  ),
  onErrorRetry: left("Retries are not made by hand.", "Use retry and retryDelay, which may be functions."),
  focusThrottleInterval: left("A focus does not load fresh data.", "Delete it; staleTime says what is fresh."),
  refreshWhenOffline: left("Loads wait for the network.", 'Write networkMode: "always", which means every load.'),
  onSuccess: left("Callbacks are the client's, once a load.", "Give it to new QueryClient, or use an effect on data."),
  onError: left("Callbacks are the client's, once a load.", "Give it to new QueryClient, or use an effect on error."),
  onLoadingSlow: left("It is not there.", "Use a timer in the component while isLoading is true."),
  loadingTimeout: left("It is not there.", "Use a timer in the component while isLoading is true."),
  onDiscarded: left("It is not there.", "Delete it."),
  compare: left("structuralSharing gives the data to keep.", "Write structuralSharing: (old, data) => data."),
  isPaused: left("It is not there.", "Write enabled: () => !isPaused()."),
  use: left("There is no middleware.", "Use a hook of your own, or a function around the fetcher."),
  fallback: left("Data of a server comes by hydrate.", "Use dehydrate, and HydrationBoundary."),
  provider: left("The cache is bounded, not any Map.", "Give the client cache: { maxCacheSize }."),
  isOnline: left("Focus and network are the client's environment.", "Use new QueryClient({ environment })."),
  isVisible: left("Focus and network are the client's environment.", "Use new QueryClient({ environment })."),
  initFocus: left("Focus and network are the client's environment.", "Use new QueryClient({ environment })."),
  initReconnect: left("Focus and network are the client's environment.", "Use new QueryClient({ environment })."),
};

/** Written with a name that has to be imported. */
const KEEP_PREVIOUS = "placeholderData: keepPreviousData";

/** What a property is here. @returns its own text where it is left, which is an error that says so */
export function optionText(file: FileMigration, property: NodePath): string {
  const name = property.isSpreadElement() ? undefined : keyOf(property);
  const own = file.text(property.node);
  if (name === undefined || !Object.hasOwn(RULES, name)) {
    file.leave(
      property.node,
      remark(name ?? own.slice(0, 40), "No option has this name.", "Look it up in the table.", SECTION.options),
    );
    return own;
  }
  const text = property.isObjectMethod()
    ? unclear(name)
    : RULES[name]!(file, name === "fetcher" ? valueOf(property) : plain(valueOf(property)), property);
  if (typeof text !== "string") {
    file.leave(property.node, { ...text, subject: name });
    return own;
  }
  if (text === KEEP_PREVIOUS) file.imports.extras.push("keepPreviousData");
  return text;
}

/** Rewrites the options of a hook where they stand. */
export function convertSwrOptions(file: FileMigration, object: NodePath<ObjectExpression>): void {
  for (const property of object.get("properties")) {
    const text = optionText(file, property);
    if (text === file.text(property.node)) continue;
    const name = text.slice(0, text.indexOf(":"));
    const { key, value, shorthand } = property.node as ObjectProperty;
    // The value stays in its place, with what else changes in it.
    if (!shorthand && text === `${name}: ${file.text(value)}`) file.replace(key, name);
    else file.replace(property.node, text);
  }
}

/** A function gets the query, of which SWR gives the data. */
function interval(file: FileMigration, value: NodePath): string | Remark {
  if (!isInlineFunction(value)) return `refetchInterval: ${file.text(value.node)}`;
  const [first] = value.get("params") as NodePath[];
  const body = file.text((value.get("body") as NodePath).node);
  if (!first) return `refetchInterval: ${file.text(value.node)}`;
  if (!first.isIdentifier() || !value.isArrowFunctionExpression() || first.node.typeAnnotation)
    return unclear("refetchInterval");
  const { name } = first.node;
  const isObject = (value.get("body") as NodePath).isObjectExpression();
  return `refetchInterval: ({ ${name === "data" ? name : `data: ${name}`} }) => ${isObject ? `(${body})` : body}`;
}

/** A fetcher is given a context after the key: one that would read it is called with the key alone. */
export function fetcherText(file: FileMigration, given: NodePath): string {
  const own = file.text(given.node);
  const value = plain(given);
  if (!needsWrapping(file, value)) return own;
  const key = freeName(value, "key");
  const callee = isInlineFunction(value) ? `(${own})` : own;
  return `(${key}) => ${callee}(${key})`;
}

/** Whether a fetcher reads more than its first argument, or may. */
function needsWrapping(file: FileMigration, value: NodePath): boolean {
  const found = isInlineFunction(value) ? value : file.definition(value)?.path;
  return !found?.isFunction() || arityOf(found) > 1;
}
