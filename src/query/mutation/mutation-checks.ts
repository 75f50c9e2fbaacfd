import { check, checkNames } from "../../core/internal.ts";
import { hashKey } from "../key/key.ts";
import type { MutateCallbacks, MutationOptions } from "./mutation-options.ts";
import type { MutationDefaults } from "../model/mutation-settings.ts";
import type { NetworkMode, Retry } from "../model/fetcher.ts";

/** Options of one call, whose own types belong together. */
type AnyMutationOptions = MutationOptions<unknown, unknown, unknown>;

/** Options that were checked, laid over the defaults. */
export type ResolvedMutationOptions = AnyMutationOptions & {
  readonly retry: Retry;
  readonly networkMode: NetworkMode;
  readonly throwOnError: boolean | ((error: unknown) => boolean);
};

const CALLBACKS = { onSuccess: true, onError: true, onSettled: true } satisfies Record<keyof MutateCallbacks, true>;
const DEFAULTS = {
  mutationFn: true,
  retry: true,
  retryDelay: true,
  networkMode: true,
  scope: true,
  meta: true,
  throwOnError: true,
  onMutate: true,
  ...CALLBACKS,
} satisfies Record<keyof MutationDefaults, true>;
const OPTIONS = { mutationKey: true, ...DEFAULTS } satisfies Record<keyof MutationOptions, true>;
const MODES: readonly unknown[] = ["online", "always", "offlineFirst"];

/** @throws MachoOptionError for an option that cannot be used or does not exist */
export function checkMutationOptions(owner: string, options: object): void {
  checkNames(owner, options, OPTIONS);
  checkAll(options);
}

/** @throws MachoOptionError like {@link checkMutationOptions}; a key is no default for all */
export function checkMutationDefaults(options: object): void {
  checkNames("defaultOptions.mutations", options, DEFAULTS);
  checkAll(options);
}

/** @throws MachoOptionError for a callback that cannot be used or does not exist */
export function checkCallbacks(owner: string, callbacks: object): void {
  checkNames(owner, callbacks, CALLBACKS);
  checkAll(callbacks);
}

/** Lays options over each other, the last on top. `undefined` hides nothing. */
export function layered(layers: readonly object[]): ResolvedMutationOptions {
  const merged = { retry: 0, networkMode: "online", throwOnError: false } satisfies MutationDefaults;
  for (const layer of layers) {
    const given = Object.entries(layer).filter(([, value]) => value !== undefined);
    Object.assign(merged, Object.fromEntries(given));
  }
  // Every layer was checked.
  return merged;
}

function checkAll(options: AnyMutationOptions): void {
  const { mutationFn, mutationKey, onMutate, onSuccess, onError, onSettled } = options;
  if (mutationKey !== undefined) hashKey(mutationKey);
  checkType("mutationFn", mutationFn, ["function"], "a function", "(variables) => save(variables)");
  for (const [name, value] of Object.entries({ onMutate, onSuccess, onError, onSettled })) {
    checkType(name, value, ["function"], "a function", "() => { ... }");
  }
  checkSettings(options);
}

function checkSettings({ retry, retryDelay, networkMode, scope, meta, throwOnError }: AnyMutationOptions): void {
  checkNumber("retry", retry, ["boolean", "function"], "a number of 0 or more, a boolean or a function", "3");
  checkNumber("retryDelay", retryDelay, ["function"], "a number of ms of 0 or more, or a function", "1_000");
  const isMode = networkMode === undefined || MODES.includes(networkMode);
  check(isMode, "networkMode", `must be one of ${MODES.join(", ")}`, networkMode, 'networkMode: "always"');
  if (scope !== undefined) {
    check(isObject(scope), "scope", "must be an object", scope, 'scope: { id: "cart" }');
    checkNames("scope", scope, { id: true });
    check(typeof scope.id === "string", "id", "of a scope must be a string", scope.id, 'scope: { id: "cart" }');
  }
  check(meta === undefined || isObject(meta), "meta", "must be an object", meta, 'meta: { toast: "Saved" }');
  checkType("throwOnError", throwOnError, ["boolean", "function"], "true, false or a function", "true");
}

function checkNumber(option: string, value: unknown, others: string[], what: string, example: string): void {
  if (typeof value === "number") check(value >= 0, option, `must be ${what}`, value, `${option}: ${example}`);
  else checkType(option, value, others, what, example);
}

function checkType(option: string, value: unknown, types: string[], what: string, example: string): void {
  const isGood = value === undefined || types.includes(typeof value);
  check(isGood, option, `must be ${what}`, value, `${option}: ${example}`);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
