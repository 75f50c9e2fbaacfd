/** What a call shows or brings: a whole list, or a word at the end of the list. */
export type ModelEffect = { readonly whole: string } | { readonly word: string };

/** One call of mutateQuery. */
export interface ModelCall {
  /** Of the data that was shown when it began. */
  readonly saw: readonly string[] | undefined;
  readonly revalidate: boolean;
  hope: ModelEffect | undefined;
  brought: ModelEffect | undefined;
  state: "pending" | "landed" | "ended";
  /** What it showed when it landed with a whole list, which stands for that while calls that came after are pending. */
  stoodFor: readonly string[] | undefined;
  isHeld: boolean;
  /** It cannot change anything any more. */
  isOut: boolean;
}

type Data = readonly string[] | undefined;

/** The slow, obvious `mutateQuery` of one key: everything is made anew from what is known of each call, in their order. */
export class MutateModel {
  /** What somebody set, or a load brought. */
  base: Data;
  readonly calls: ModelCall[] = [];
  isWatched = false;
  /** Whether a load is under way that is welcome. */
  isLoading = false;
  /** Somebody wants a load when all is over. */
  wantsLoad = false;
  /** It was marked stale during a change, and nobody has set it since. */
  wasMarked = false;
  /** Marked stale, so that the next hook loads it. */
  isStale = false;
  /** A load was ended while there was nothing to show. */
  owesLoad = false;
  loads = 0;

  get isChanging(): boolean {
    return this.calls.some(({ state }) => state === "pending");
  }

  get shown(): Data {
    return this.#upTo(this.calls.length);
  }

  begin(hope: ModelEffect | undefined, revalidate: boolean): ModelCall {
    const call: ModelCall = {
      saw: this.shown,
      revalidate,
      hope,
      brought: undefined,
      state: "pending",
      stoodFor: undefined,
      isHeld: false,
      isOut: false,
    };
    this.calls.push(call);
    this.#dismiss();
    return call;
  }

  /** @param brought `undefined` keeps what was hoped for */
  land(call: ModelCall, brought: ModelEffect | undefined): void {
    if (call.state !== "pending") return;
    call.stoodFor = this.#upTo(this.calls.indexOf(call) + 1);
    call.state = "landed";
    call.isHeld = true;
    call.brought = brought ?? call.hope;
    if (call.brought && !call.isOut) this.isStale = false;
    // A whole list stands, whatever calls before it bring.
    const isWhole = !call.isOut && call.brought !== undefined && "whole" in call.brought;
    if (isWhole) for (const before of this.calls.slice(0, this.calls.indexOf(call))) before.isOut = true;
    this.#end(call);
  }

  fail(call: ModelCall, goesBack: boolean): void {
    if (call.state !== "pending") return;
    if (!goesBack && call.hope && !call.isOut) return this.land(call, undefined);
    const before = this.shown;
    call.state = "ended";
    this.#release();
    // On screen it is pending then, and loaded.
    if (before !== undefined && this.shown === undefined) this.#loadNow();
    this.#end(call);
  }

  set(data: Data): void {
    this.isLoading = false;
    this.#restart(data);
  }

  remove(): void {
    this.isLoading = false;
    for (const call of this.calls) call.isOut = true;
    this.#restart(undefined);
    this.#loadNow();
  }

  /** The cache made room: nothing is there, and calls under way are as welcome as before. */
  evict(): void {
    this.#restart(undefined);
  }

  invalidate(): void {
    this.isLoading = false;
    // What has no data cannot be marked.
    if (this.shown !== undefined) {
      if (this.isChanging) this.wasMarked = true;
      else this.isStale = true;
    }
    this.#loadNow();
  }

  mount(): void {
    this.isWatched = true;
    if (this.shown === undefined || this.isStale) this.#loadNow();
  }

  refetch(): void {
    this.#loadNow();
  }

  answer(data: Data): void {
    if (!this.isLoading) return;
    this.isLoading = this.isStale = false;
    this.base = data;
  }

  #restart(data: Data): void {
    this.base = data;
    this.isStale = this.wasMarked = false;
    for (const call of this.calls) {
      call.hope = undefined;
      if (call.state !== "pending") call.isOut = true;
    }
  }

  #loadNow(): void {
    if (!this.isWatched || this.isLoading) return;
    this.loads++;
    this.isLoading = true;
    if (this.isChanging) this.#dismiss();
  }

  #dismiss(): void {
    if (this.isLoading && this.shown === undefined) this.owesLoad = true;
    this.isLoading = false;
  }

  #end({ revalidate }: ModelCall): void {
    this.wantsLoad ||= revalidate;
    this.#release();
    if (this.isChanging) return;
    this.base = this.shown;
    this.calls.length = 0;
    const { owesLoad } = this;
    const wantsLoad = this.wantsLoad || this.wasMarked;
    this.wantsLoad = this.wasMarked = this.owesLoad = false;
    if (wantsLoad && this.base !== undefined) this.isStale = true;
    if (wantsLoad || (owesLoad && this.base === undefined)) this.#loadNow();
  }

  /** Whole lists after which nothing is pending show for good. */
  #release(): void {
    for (const [place, call] of this.calls.entries()) {
      if (!this.calls.slice(place + 1).some(({ state, isOut }) => state === "pending" && !isOut)) call.isHeld = false;
    }
  }

  #upTo(count: number): Data {
    let data = this.base;
    for (const call of this.calls.slice(0, count)) {
      const isPending = call.state === "pending";
      const { hope, brought } = call;
      if (call.isOut || call.state === "ended") continue;
      if (isPending) data = applied(hope, data);
      else data = brought && "whole" in brought && call.isHeld ? call.stoodFor : applied(brought, data);
    }
    return data;
  }
}

function applied(effect: ModelEffect | undefined, data: Data): Data {
  if (!effect) return data;
  return "whole" in effect ? [effect.whole] : [...(data ?? []), effect.word];
}
