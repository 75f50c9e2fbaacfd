/** What a mounted hook asks for. */
export interface ModelHook {
  staleTime: number;
  ttl: number;
  enabled: boolean;
  deaf: boolean;
  /** Whether it has the one tag that there is. */
  isTagged: boolean;
}

/** One run of a fetcher. */
export interface ModelLoad {
  readonly key: string;
  readonly deaf: boolean;
  readonly ttl: number;
  readonly isTagged: boolean;
  /** The hook that asked for it; a call has none. */
  readonly hook: ModelHook | undefined;
  /** Grows with every load and every write: an answer is as new as its load's start. */
  readonly version: number;
  readonly callers: Set<number>;
  /** The hooks of the key, together, are a caller. */
  hooksWait: boolean;
  isOpen: boolean;
  isAborted: boolean;
  /** Its key was removed by the cache itself, while there was nothing that the query could have heard of. */
  isDismissed: boolean;
  /** The tag was invalidated meanwhile: where the answer has it, it is stale. */
  isDoubted: boolean;
}

class ModelKey {
  data:
    | {
        value: number;
        at: number;
        end: number;
        ttl: number | undefined;
        isTagged: boolean;
        isInvalidated: boolean;
        isEvicted: boolean;
      }
    | undefined;
  hasError = false;
  load: ModelLoad | undefined;
  /** The load under way, or else the one before. */
  last: ModelLoad | undefined;
  /** In the order in which they were mounted. */
  readonly hooks: ModelHook[] = [];
}

/** The slow, obvious query layer: every rule said once, in words of keys, hooks, callers and loads. */
export class QueryModel {
  readonly keys = new Map<string, ModelKey>();
  readonly loads: ModelLoad[] = [];
  now = 0;
  #versions = 0;
  #transit: { load: ModelLoad; failed: boolean }[] = [];

  constructor(keys: readonly string[]) {
    for (const key of keys) this.keys.set(key, new ModelKey());
  }

  key(name: string): ModelKey {
    const key = this.keys.get(name);
    if (!key) throw new Error(`no key ${name}`);
    return key;
  }

  nextVersion(): number {
    return ++this.#versions;
  }

  isStale(name: string, staleTime: number): boolean {
    const { data } = this.key(name);
    return !data || data.isInvalidated || this.now - data.at >= staleTime;
  }

  mount(name: string, hook: ModelHook): void {
    const key = this.key(name);
    key.hooks.push(hook);
    if (key.load) key.load.hooksWait = true;
    // A failure that another hook shows already is as good as an answer.
    if (key.hooks.length > 1 && key.hasError && !key.data) return;
    this.demand(name, hook);
  }

  unmount(name: string, hook: ModelHook): void {
    const { hooks, data } = this.key(name);
    hooks.splice(hooks.indexOf(hook), 1);
    if (data && hooks.length === 0) {
      // Data that came without gets the tag of the hook that showed it last, and data that was loaded its ttl.
      data.isTagged ||= hook.isTagged;
      if (data.ttl !== undefined) data.ttl = hook.ttl;
    }
    this.#forget(name);
  }

  demand(name: string, hook: ModelHook): void {
    if (hook.enabled && !this.key(name).load && this.isStale(name, hook.staleTime)) this.#start(name, hook, hook);
  }

  /** A mounted hook loads, whatever is there. */
  refetch(name: string, hook: ModelHook): void {
    const { load, data } = this.key(name);
    if (load && data) this.#abandon(name);
    if (!load || data) this.#start(name, hook, hook);
  }

  fetch(name: string, caller: number, options: Omit<ModelHook, "enabled">): void {
    if (!this.isStale(name, options.staleTime)) return;
    const load = this.key(name).load ?? this.#start(name, options);
    load.callers.add(caller);
  }

  leave(caller: number): void {
    for (const load of this.loads) if (load.callers.delete(caller)) this.#abortWhenAlone(load);
  }

  set(name: string, version: number): void {
    const { data, hooks } = this.key(name);
    const { ttl, isTagged = false } = data ?? {};
    this.#abandon(name);
    // As its load had it, or else as the newest hook that would load it.
    this.#store(name, version, ttl ?? hooks.findLast((hook) => hook.enabled)?.ttl ?? Infinity, { ttl, isTagged });
  }

  invalidate(name: string): void {
    const key = this.key(name);
    if (!key.data && !key.load && key.hooks.length === 0) return;
    if (key.data) key.data.isInvalidated = true;
    this.#abandon(name);
    this.#demandAgain(name);
  }

  /** By the tag, which a key also has by its hooks and by a load that brought nothing yet. */
  invalidateTag(): void {
    for (const [name, { data, hooks, load, hasError, last }] of this.keys) {
      const isOfLoad = (load !== undefined || hasError) && last && this.#newestOf(last).isTagged;
      if (data?.isTagged || isOfLoad || hooks.some((hook) => hook.isTagged)) this.invalidate(name);
      else if (load) load.isDoubted = true;
    }
  }

  /** Every load that is under way ends, whoever waits for it. */
  dispose(): void {
    this.#transit = [];
    for (const load of this.loads) {
      if (!load.isOpen) continue;
      load.isOpen = false;
      load.isAborted = !load.deaf;
    }
  }

  remove(name: string): void {
    const key = this.key(name);
    key.data = undefined;
    key.hasError = false;
    this.#abandon(name);
    this.#demandAgain(name);
  }

  /** Removed through the cache: the query hears of data that leaves, and of nothing else. */
  cacheDelete(name: string): void {
    const key = this.key(name);
    if (key.data && !key.data.isEvicted) this.remove(name);
    else if (key.load) key.load.isDismissed = true;
  }

  /** Other entries push out what is not on screen. A load under way keeps what its query knew, and no longer. */
  crowd(): void {
    for (const [name, { data, hooks }] of this.keys) {
      if (!data || hooks.length > 0) continue;
      data.isEvicted = true;
      // The clock of the cache runs for what it holds.
      data.end = Infinity;
      this.#forget(name);
    }
  }

  status(name: string): "pending" | "success" | "error" {
    const { data, hasError, load } = this.key(name);
    // A first load that failed is pending when it is tried again.
    if (hasError && (data || !load)) return "error";
    return data ? "success" : "pending";
  }

  /** The page comes to the front. */
  focus(name: string): void {
    for (const hook of this.key(name).hooks) this.demand(name, hook);
  }

  answer(load: ModelLoad, failed: boolean): void {
    this.#transit.push({ load, failed });
  }

  /** The answers under way arrive, in order. */
  settle(): void {
    const arriving = this.#transit;
    this.#transit = [];
    for (const { load, failed } of arriving) if (load.isOpen) this.#arrive(load, failed);
  }

  /** Time goes on: hooks that left are gone for good, and data expires. */
  advance(ms: number): void {
    for (const { load, hooks } of this.keys.values()) {
      if (!load?.hooksWait || hooks.length > 0) continue;
      load.hooksWait = false;
      this.#abortWhenAlone(load);
    }
    const end = this.now + ms;
    for (;;) {
      const due = [...this.keys].filter(([, { data }]) => data && data.end <= end);
      const next = due.sort(([, one], [, other]) => (one.data?.end ?? 0) - (other.data?.end ?? 0))[0];
      if (!next) break;
      const [name, key] = next;
      this.now = Math.max(this.now, key.data?.end ?? 0);
      key.data = undefined;
      key.hasError = false;
      this.#demandAgain(name);
    }
    this.now = end;
  }

  #arrive(load: ModelLoad, failed: boolean): void {
    const key = this.key(load.key);
    load.isOpen = false;
    if (key.load !== load) return;
    key.load = undefined;
    if (failed) {
      key.hasError = true;
      if (key.data) key.data.isInvalidated = true;
      this.#forget(load.key);
    } else if (load.isDismissed) {
      this.#demandAgain(load.key);
      this.#forget(load.key);
    } else {
      const source = this.#newestOf(load);
      this.#store(load.key, load.version, source.ttl, source);
      if (!load.isDoubted || !source.isTagged) return;
      if (key.data) key.data.isInvalidated = true;
      this.#demandAgain(load.key);
    }
  }

  /** What a load goes on with: its hook's, or where that has left, those of the newest hook of the key. */
  #newestOf(load: ModelLoad): Pick<ModelHook, "ttl" | "isTagged"> {
    const { hooks } = this.key(load.key);
    if (!load.hook || hooks.includes(load.hook)) return load.hook ?? load;
    return hooks.findLast((hook) => hook.enabled) ?? load.hook;
  }

  #store(
    name: string,
    value: number,
    ttl: number,
    source: { readonly ttl: number | undefined; readonly isTagged: boolean },
  ): void {
    const key = this.key(name);
    const { isTagged } = source;
    key.data = {
      value,
      at: this.now,
      end: this.now + ttl,
      ttl: source.ttl,
      isTagged,
      isInvalidated: false,
      isEvicted: false,
    };
    key.hasError = false;
  }

  #start(
    name: string,
    { deaf, ttl, isTagged }: Pick<ModelHook, "deaf" | "ttl" | "isTagged">,
    hook?: ModelHook,
  ): ModelLoad {
    const key = this.key(name);
    const load: ModelLoad = {
      key: name,
      deaf,
      ttl,
      isTagged,
      hook,
      version: this.nextVersion(),
      callers: new Set(),
      hooksWait: key.hooks.length > 0,
      isOpen: true,
      isAborted: false,
      isDismissed: false,
      isDoubted: false,
    };
    key.load = key.last = load;
    this.loads.push(load);
    return load;
  }

  #abandon(name: string): void {
    const { load } = this.key(name);
    if (!load) return;
    this.key(name).load = undefined;
    load.hooksWait = false;
    this.#abortWhenAlone(load);
    this.#forget(name);
  }

  #abortWhenAlone(load: ModelLoad): void {
    if (load.hooksWait || load.callers.size > 0 || load.deaf || !load.isOpen) return;
    load.isOpen = false;
    load.isAborted = true;
    const key = this.key(load.key);
    if (key.load === load) key.load = undefined;
    this.#forget(load.key);
  }

  #demandAgain(name: string): void {
    const newest = this.key(name).hooks.findLast((hook) => hook.enabled);
    if (newest) this.demand(name, newest);
  }

  /** An error, and data that was evicted, live as long as somebody looks or loads. */
  #forget(name: string): void {
    const key = this.key(name);
    if (key.hooks.length > 0 || key.load) return;
    key.hasError = false;
    if (key.data?.isEvicted) key.data = undefined;
  }
}
