import { hashKey, type QueryKey } from "../key/key.ts";
import {
  checkMutationDefaults,
  checkMutationOptions,
  layered,
  type ResolvedMutationOptions,
} from "./mutation-checks.ts";
import { keyMatcher } from "./mutation-filter.ts";
import type { MutationDefaults } from "../model/mutation-settings.ts";

/** What mutations do that do not say otherwise: of the client, and over that of each key that theirs begins with. */
export class MutationLayers {
  #ofClient: MutationDefaults;
  /** A hook's options are looked at in its render, in its commit and at each step of its calls: checked once. */
  #checked = new WeakSet<object>();
  /** By the hash of the key, in the order in which they came. */
  #ofKeys = new Map<string, { readonly fits: (key: QueryKey | undefined) => boolean; readonly options: object }>();

  /** @throws MachoOptionError for a default that cannot be used */
  constructor(ofClient: MutationDefaults) {
    checkMutationDefaults(ofClient);
    this.#ofClient = ofClient;
  }

  /** Takes the place of what was set for the same key. */
  set(key: QueryKey, options: object): void {
    checkMutationOptions("setMutationDefaults", options);
    this.#ofKeys.set(hashKey(key), { fits: keyMatcher(key, false), options: { ...options, mutationKey: undefined } });
  }

  /** @throws MachoOptionError for an option that cannot be used or does not exist */
  check(owner: string, options: object): void {
    if (this.#checked.has(options)) return;
    checkMutationOptions(owner, options);
    this.#checked.add(options);
  }

  /** Options over the defaults. @throws MachoOptionError for one that cannot be used or does not exist */
  resolve(owner: string, options: { readonly mutationKey?: QueryKey | undefined }): ResolvedMutationOptions {
    this.check(owner, options);
    const fitting = [...this.#ofKeys.values()].filter(({ fits }) => fits(options.mutationKey));
    return layered([this.#ofClient, ...fitting.map((each) => each.options), options]);
  }
}
