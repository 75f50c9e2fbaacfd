/** What a mounted hook asks for. */
export interface ModelHook {
  staleTime: number;
  ttl: number;
  enabled: boolean;
  deaf: boolean;
  /** Whether it has the one tag that there is. */
  isTagged: boolean;
  /** How long a failure is remembered. */
  errorTtl: number;
  /** How often it polls; 0 for never. */
  interval: number;
}

/** A hook that is mounted. */
export interface MountedHook extends ModelHook {
  /** When its polling was switched on, or its turn was last. */
  since: number;
}

/** One run of a fetcher. */
export interface ModelLoad {
  readonly key: string;
  readonly deaf: boolean;
  readonly ttl: number;
  readonly isTagged: boolean;
  readonly errorTtl: number;
  /** The hook that asked for it; a call has none. */
  readonly hook: MountedHook | undefined;
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

/** What the cache holds of a key: data, or a failure that is remembered, or both. */
interface ModelEntry {
  value: number | undefined;
  at: number;
  end: number;
  /** As its load had it. */
  ttl: number | undefined;
  /** `undefined` as long as nobody said. */
  isTagged: boolean | undefined;
  isInvalidated: boolean;
  isEvicted: boolean;
  hasError: boolean;
  /** Until when the failure is as good as an answer. */
  errorUntil: number;
}

class ModelKey {
  entry: ModelEntry | undefined;
  hasError = false;
  load: ModelLoad | undefined;
  /** The load under way, or else the one before; of those that are live. */
  last: ModelLoad | undefined;
  /** When the last load ended, or data was set. */
  from = -Infinity;
  /** In the order in which they were mounted. */
  readonly hooks: MountedHook[] = [];

  get value(): number | undefined {
    return this.entry?.value;
  }
}

/** The slow, obvious query layer: every rule said once, in words of keys, hooks, callers and loads. */
export class QueryModel {
  readonly keys = new Map<string, ModelKey>();
  readonly loads: ModelLoad[] = [];
  now = 0;
  #versions = 0;
  #transit: { load: ModelLoad; failed: boolean }[] = [];
  /** Keys whose callers left: that their load has ended arrives like an answer. */
  #left: string[] = [];

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
    const { entry, value } = this.key(name);
    return !entry || value === undefined || entry.isInvalidated || this.now - entry.at >= staleTime;
  }

  mount(name: string, hook: MountedHook): void {
    const key = this.key(name);
    hook.since = this.now;
    key.hooks.push(hook);
    if (key.load) key.load.hooksWait = true;
    // A failure that another hook shows already, or that is remembered, is as good as an answer.
    if (this.status(name) === "error" && key.value === undefined && key.hooks.length > 1) return;
    if (this.#isErrorFresh(name) && this.status(name) === "error") return;
    this.demand(name, hook);
  }

  unmount(name: string, hook: MountedHook): void {
    const { hooks, entry } = this.key(name);
    hooks.splice(hooks.indexOf(hook), 1);
    if (entry && hooks.length === 0) {
      // Data that came without gets the tag of the hook that showed it last, and data that was loaded its ttl.
      entry.isTagged ||= hook.isTagged;
      if (entry.ttl !== undefined) entry.ttl = hook.ttl;
    }
    this.#forget(name);
  }

  /** A hook is rendered with other options. */
  change(name: string, hook: MountedHook, options: Partial<ModelHook>): void {
    const couldPoll = hook.enabled && hook.interval > 0;
    const wasEnabled = hook.enabled;
    const { interval } = hook;
    Object.assign(hook, options);
    // An interval counts from when it was switched on.
    if (!couldPoll || interval !== hook.interval) hook.since = this.now;
    if (hook.enabled && !wasEnabled) this.demand(name, hook);
  }

  demand(name: string, hook: MountedHook): void {
    if (hook.enabled && !this.key(name).load && this.isStale(name, hook.staleTime)) this.#start(name, hook, hook);
  }

  /** A mounted hook loads, whatever is there. */
  refetch(name: string, hook: MountedHook): void {
    const { load, value } = this.key(name);
    if (load && value !== undefined) this.#abandon(name);
    if (!load || value !== undefined) this.#start(name, hook, hook);
  }

  fetch(name: string, caller: number, options: Omit<ModelHook, "enabled">): void {
    if (!this.isStale(name, options.staleTime) || this.#isErrorFresh(name)) return;
    const load = this.key(name).load ?? this.#start(name, options);
    load.callers.add(caller);
  }

  leave(caller: number): void {
    for (const load of this.loads) {
      if (!load.callers.delete(caller) || !this.#abortWhenAlone(load)) continue;
      this.#left.push(load.key);
    }
  }

  set(name: string, version: number): void {
    const key = this.key(name);
    const { ttl, isTagged } = key.entry ?? {};
    this.#abandon(name);
    // As its load had it, or else as the newest hook that would load it.
    this.#store(name, version, ttl ?? key.hooks.findLast((hook) => hook.enabled)?.ttl ?? Infinity, { ttl, isTagged });
    key.from = this.now;
  }

  invalidate(name: string): void {
    const key = this.key(name);
    if (!key.entry && !key.load && key.hooks.length === 0) return;
    if (key.entry) Object.assign(key.entry, { isInvalidated: true, errorUntil: -Infinity });
    this.#abandon(name);
    this.#demandAgain(name);
  }

  /** By the tag, which a key also has by its hooks and by a load that brought nothing yet. */
  invalidateTag(): void {
    for (const [name, { entry, hooks, load, hasError, last }] of this.keys) {
      const isOfLoad = (load !== undefined || hasError) && last && this.#newestOf(last).isTagged;
      if (entry?.isTagged || isOfLoad || hooks.some((hook) => hook.isTagged)) this.invalidate(name);
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
    key.entry = undefined;
    this.#abandon(name);
    key.hasError = false;
    this.#demandAgain(name);
  }

  /** Removed through the cache: the query hears of data that leaves, and of nothing else. */
  cacheDelete(name: string): void {
    const key = this.key(name);
    if (key.entry && !key.entry.isEvicted) this.remove(name);
    else if (key.load) key.load.isDismissed = true;
  }

  /** Other entries push out what is not on screen. A load under way keeps what its query knew, and no longer. */
  crowd(): void {
    for (const [name, { entry, hooks }] of this.keys) {
      if (!entry || hooks.length > 0) continue;
      entry.isEvicted = true;
      // The clock of the cache runs for what it holds.
      entry.end = Infinity;
      this.#forget(name);
    }
  }

  status(name: string): "pending" | "success" | "error" {
    const { value, hasError, load } = this.key(name);
    // A first load that failed is pending when it is tried again.
    if (hasError && (value !== undefined || !load)) return "error";
    return value === undefined ? "pending" : "success";
  }

  /** The page comes to the front. */
  focus(name: string): void {
    for (const hook of this.key(name).hooks) this.demand(name, hook);
  }

  answer(load: ModelLoad, failed: boolean): void {
    this.#transit.push({ load, failed });
  }

  /** The answers under way arrive, in order, and so do the ends of loads. */
  settle(): void {
    const [arriving, left] = [this.#transit, this.#left];
    this.#transit = [];
    this.#left = [];
    for (const { load, failed } of arriving) if (load.isOpen) this.#arrive(load, failed);
    for (const name of left) this.#forget(name);
  }

  /** Hooks that left are gone for good. */
  leaveAll(): void {
    for (const { load, hooks } of this.keys.values()) {
      if (!load?.hooksWait || hooks.length > 0) continue;
      load.hooksWait = false;
      if (this.#abortWhenAlone(load)) this.#forget(load.key);
    }
  }

  /** Time goes on: hooks that left are gone for good, data expires, and polls have their turns. */
  advance(ms: number): void {
    this.leaveAll();
    const end = this.now + ms;
    for (;;) {
      const next = Math.min(...[...this.keys.keys()].map((name) => this.#dueAt(name)));
      if (next > end) break;
      this.now = Math.max(this.now, next);
      this.#runDue();
    }
    this.now = end;
  }

  /** Time went on while nothing ran, and all that became due is seen to at once. */
  wake(ms: number): void {
    this.leaveAll();
    this.now += ms;
    this.#runDue();
  }

  #dueAt(name: string): number {
    const { entry, hooks } = this.key(name);
    return Math.min(entry?.end ?? Infinity, ...hooks.map((hook) => this.#turnOf(name, hook)));
  }

  #turnOf(name: string, { enabled, interval, since }: MountedHook): number {
    return enabled && interval > 0 ? Math.max(since, this.key(name).from) + interval : Infinity;
  }

  #runDue(): void {
    for (const [name, key] of this.keys) {
      if (key.entry && key.entry.end <= this.now) {
        key.entry = undefined;
        key.hasError = false;
        this.#demandAgain(name);
      }
      const due = key.hooks.filter((hook) => this.#turnOf(name, hook) <= this.now);
      for (const hook of due) hook.since = this.now;
      const newest = key.hooks.findLast((hook) => hook.enabled);
      if (due.length > 0 && newest && !key.load) this.#start(name, newest, newest);
    }
  }

  #isErrorFresh(name: string): boolean {
    const { entry } = this.key(name);
    return entry !== undefined && this.now < entry.errorUntil;
  }

  #arrive(load: ModelLoad, failed: boolean): void {
    const key = this.key(load.key);
    load.isOpen = false;
    if (key.load !== load) return;
    key.load = undefined;
    if (failed) {
      key.from = this.now;
      key.hasError = true;
      if (key.entry) key.entry.isInvalidated = true;
      if (this.#newestOf(load).errorTtl > 0) this.#remember(key, this.#newestOf(load));
      this.#forget(load.key);
    } else if (load.isDismissed) {
      this.#demandAgain(load.key);
      this.#forget(load.key);
    } else {
      key.from = this.now;
      const { ttl, isTagged } = this.#newestOf(load);
      this.#store(load.key, load.version, ttl, { ttl, isTagged: isTagged || undefined });
      if (!load.isDoubted || !isTagged) return;
      if (key.entry) key.entry.isInvalidated = true;
      this.#demandAgain(load.key);
    }
  }

  /** What a load goes on with: its hook's, or where that has left, those of the newest hook of the key. */
  #newestOf(load: ModelLoad): Pick<ModelHook, "ttl" | "isTagged" | "errorTtl"> {
    const { hooks } = this.key(load.key);
    if (!load.hook || hooks.includes(load.hook)) return load.hook ?? load;
    return hooks.findLast((hook) => hook.enabled) ?? load.hook;
  }

  /** A failure stands for an answer for a while, beside the data that is there. */
  #remember(key: ModelKey, load: Pick<ModelHook, "ttl" | "isTagged" | "errorTtl">): void {
    const { value, at = this.now, isTagged = load.isTagged, end, isEvicted } = key.entry ?? {};
    const errorUntil = this.now + load.errorTtl;
    // What is on screen without being in the cache does not come there by a failure.
    if (key.entry && value !== undefined && isEvicted && key.hooks.length > 0) {
      key.entry.errorUntil = errorUntil;
      return;
    }
    key.entry = {
      value,
      at,
      // It is kept as long as the data beside it, or for as long as it counts where there is none in the cache.
      end: value === undefined || isEvicted || end === undefined ? errorUntil : end,
      ttl: load.ttl,
      isTagged,
      isInvalidated: true,
      isEvicted: false,
      hasError: true,
      errorUntil,
    };
  }

  #store(
    name: string,
    value: number,
    ttl: number,
    source: { readonly ttl: number | undefined; readonly isTagged: boolean | undefined },
  ): void {
    const key = this.key(name);
    const { isTagged } = source;
    key.entry = {
      value,
      at: this.now,
      end: this.now + ttl,
      ttl: source.ttl,
      isTagged,
      isInvalidated: false,
      isEvicted: false,
      hasError: false,
      errorUntil: -Infinity,
    };
    key.hasError = false;
  }

  #start(
    name: string,
    { deaf, ttl, isTagged, errorTtl }: Pick<ModelHook, "deaf" | "ttl" | "isTagged" | "errorTtl">,
    hook?: MountedHook,
  ): ModelLoad {
    const key = this.key(name);
    const load: ModelLoad = {
      key: name,
      deaf,
      ttl,
      isTagged,
      errorTtl,
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

  /** Returns whether it was aborted. */
  #abortWhenAlone(load: ModelLoad): boolean {
    if (load.hooksWait || load.callers.size > 0 || load.deaf || !load.isOpen) return false;
    load.isOpen = false;
    load.isAborted = true;
    const key = this.key(load.key);
    if (key.load === load) key.load = undefined;
    return true;
  }

  #demandAgain(name: string): void {
    const newest = this.key(name).hooks.findLast((hook) => hook.enabled);
    if (newest) this.demand(name, newest);
  }

  /** An error that is not remembered, and what was evicted, live as long as somebody looks or loads. */
  #forget(name: string): void {
    const key = this.key(name);
    if (key.hooks.length > 0 || key.load) return;
    if (key.entry?.isEvicted) key.entry = undefined;
    key.hasError = key.entry?.hasError ?? false;
    key.last = undefined;
  }
}
