import fc from "fast-check";
import { infiniteQuery, InfiniteQueryObserver, type Pages } from "macho-cache/query";
import { expect, test } from "vitest";
import { type Deferred, deferred } from "../../support/deferred.ts";
import { drained } from "../../support/drained.ts";
import { QueryWorld } from "../../support/query-world.ts";

const KEY = ["list"];
const LAST = 4;
const HOOKS = 2;

const hook = fc.nat(HOOKS - 1);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("mount" as const), hook, isDeaf: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("unmount" as const), hook }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("refetch" as const, "next" as const), hook }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("answer" as const), request: fc.nat(2), fails: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(0, 10) }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: "offline" as const }, { do: "online" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A page says which load it is of, and its number. */
type Page = readonly [load: number, number: number];
type List = InfiniteQueryObserver<Pages<Page, number>>;

/** A list that grows, is loaded again and is left, whose pages come when a test says so. */
class Screen extends QueryWorld {
  readonly calls: Promise<unknown>[] = [];
  readonly #requests: { readonly page: Page; readonly answer: Deferred<Page> }[] = [];
  /** A load is known by its context, which is that of all its pages and tries. */
  readonly #loads: object[] = [];
  readonly #hooks: ({ readonly list: List; readonly leave: () => void } | undefined)[] = [];
  #before: readonly Page[] | undefined;

  constructor() {
    super({ queries: { retry: 1, retryDelay: 5 } });
  }

  run(next: Step): void {
    if (next.do === "mount") this.#mount(next.hook, next.isDeaf);
    if (next.do === "unmount") this.#unmount(next.hook);
    if (next.do === "refetch") this.#keep(this.#hooks[next.hook]?.list.refetch());
    if (next.do === "next") this.#keep(this.#hooks[next.hook]?.list.getResult().fetchNextPage());
    if (next.do === "answer") this.#answer(next.request, next.fails === 0);
    if (next.do === "wait") this.clock.advance(next.ms);
    if (next.do === "offline") this.page.goOffline();
    if (next.do === "online") this.page.goOnline();
  }

  get requests(): number {
    return this.#requests.length;
  }

  /** A list only grows by a page, or is replaced by one that is as long and of one load. */
  check(): void {
    const now = this.client.getQueryData<Pages<Page, number>>(KEY)?.pages;
    const before = this.#before ?? [];
    this.#before = now;
    if (now === undefined || now === before) return;
    expect(now.map(([, number]) => number)).toEqual(now.map((_page, index) => index));
    expect(now.length).toBeGreaterThanOrEqual(Math.max(1, before.length));
    const isGrown = before.every((page, index) => Object.is(page, now[index]));
    const loads = new Set(now.map(([load]) => load));
    if (isGrown) expect(now.length).toBeLessThanOrEqual(before.length + (before.length === 0 ? 2 : 1));
    else expect([loads.size, now.length]).toEqual([1, before.length]);
  }

  /** Everything is answered, and whoever waited was told. */
  async end(): Promise<void> {
    this.page.goOnline();
    for (let turn = 0; turn < 60; turn++) {
      // oxlint-disable-next-line no-await-in-loop
      await drained();
      this.check();
      if (this.requests > 0) this.#answer(0, false);
      else this.clock.advance(5);
    }
    await Promise.all(this.calls);
    this.check();
    for (let index = 0; index < HOOKS; index++) this.#unmount(index);
    this.clock.advance(1);
    expect([this.client.isFetching(), this.clock.timers]).toEqual([0, []]);
    this.client.dispose();
  }

  #mount(index: number, isDeaf: boolean): void {
    this.#unmount(index);
    const { fetcher } = infiniteQuery({
      queryKey: KEY,
      fetcher: (_key, context) => {
        if (!isDeaf) void context.signal;
        return this.#ask(Object.getPrototypeOf(context) as object, context.pageParam);
      },
      initialPageParam: 0,
      initialPages: 2,
      getNextPageParam: (_page, _pages, pageParam: number) => (pageParam < LAST ? pageParam + 1 : undefined),
    });
    const target = { key: KEY, hash: JSON.stringify(KEY) };
    const list = this.client.watch("test", target, fetcher, undefined, InfiniteQueryObserver<Pages<Page, number>>);
    this.#hooks[index] = { list, leave: list.subscribe(() => undefined) };
  }

  #unmount(index: number): void {
    this.#hooks[index]?.leave();
    this.#hooks[index] = undefined;
  }

  #keep(call: Promise<unknown> | undefined): void {
    if (call) this.calls.push(call);
  }

  #ask(load: object, number: number): Promise<Page> {
    if (!this.#loads.includes(load)) this.#loads.push(load);
    const answer = deferred<Page>();
    this.#requests.push({ page: [this.#loads.indexOf(load), number], answer });
    return answer.promise;
  }

  #answer(index: number, fails: boolean): void {
    const [request] = this.#requests.splice(index, 1);
    if (fails) request?.answer.reject(new Error("no"));
    else request?.answer.resolve(request.page);
  }
}

test("a list grows page by page, or is replaced whole, whoever leaves it when, and who waits for it goes on", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ step, arrives: fc.constantFrom(true, true, false) }), { maxLength: 50, size: "max" }),
      async (steps) => {
        const screen = new Screen();
        for (const { step: next, arrives } of steps) {
          screen.run(next);
          // oxlint-disable-next-line no-await-in-loop
          if (arrives) await drained();
          screen.check();
        }
        await screen.end();
      },
    ),
    { numRuns: 500 },
  );
});
