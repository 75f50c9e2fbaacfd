import fc from "fast-check";
import { mutateQuery, type MutateQueryOptions } from "macho-cache/query";
import { expect, test } from "vitest";
import { type Deferred, deferred } from "../../support/deferred.ts";
import { drained } from "../../support/drained.ts";
import { QueryWorld } from "../../support/query-world.ts";
import { type ModelCall, type ModelEffect, MutateModel } from "../../support/mutate-model.ts";
import { Watched } from "../../support/watched.ts";

const effect = fc.constantFrom("none", "word", "whole");
const begin = fc.record({
  do: fc.constant("begin" as const),
  hope: effect,
  brings: effect,
  revalidate: fc.constantFrom(false, false, true),
  keeps: fc.constantFrom(false, false, false, true),
});
const step = fc.oneof(
  { weight: 8, arbitrary: begin },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("land" as const), call: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("fail" as const), call: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.constantFrom("set", "remove", "clear", "invalidate", "refetch").map(simply) },
  { weight: 2, arbitrary: fc.constantFrom("mount", "unmount", "answer", "answer", "evict").map(simply) },
);
function simply<W extends string>(word: W): { readonly do: W } {
  return { do: word };
}
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Begin = Step & { do: "begin" };

interface Made {
  readonly options: Begin;
  readonly name: string;
  readonly call: ModelCall;
  readonly sent: Deferred<string>;
}

const KEY = "list";
const HASH = JSON.stringify(KEY);

class World extends QueryWorld {
  readonly model = new MutateModel();
  readonly open: Made[] = [];
  hook: Watched | undefined;
  #names = 0;

  constructor() {
    super({ cache: { maxCacheSize: 2 }, queries: { retry: false, staleTime: Infinity } });
  }

  async run(next: Step): Promise<void> {
    switch (next.do) {
      case "begin":
        this.#begin(next);
        break;
      case "land":
      case "fail":
        await this.#end(next.do, this.open.splice(next.call, 1)[0]);
        break;
      default:
        await this.#do(next.do);
    }
    await drained();
    this.check();
  }

  #begin(options: Begin): void {
    const name = String(++this.#names);
    const sent = deferred<string>();
    const saw = this.model.shown;
    const seen: unknown[] = [];
    const update = (displayed: string[] | undefined): Promise<string> => {
      seen.push(displayed);
      return sent.promise;
    };
    void mutateQuery<string[], string>(this.client, KEY, update, this.#optionsOf(options, name));
    expect(seen).toEqual([saw]);
    const call = this.model.begin(effectOf(options.hope, `${name}?`), options.revalidate);
    this.open.push({ options, name, call, sent });
  }

  #optionsOf(options: Begin, name: string): MutateQueryOptions<string[], string> {
    const { hope, brings, revalidate, keeps } = options;
    const optimisticData =
      hope === "word" ? (_old: unknown, list: string[] = []) => [...list, `${name}?`] : [`${name}?`];
    return {
      ...(hope !== "none" && { optimisticData }),
      populateCache: brings !== "none" && ((answer, list = []) => [...list, answer]),
      // A list in place of a function is a value.
      ...(brings === "whole" && { populateCache: true }),
      revalidate,
      rollbackOnError: !keeps,
      throwOnError: false,
    };
  }

  async #end(how: "land" | "fail", made: Made | undefined): Promise<void> {
    if (!made) return;
    const { options, name, call, sent } = made;
    // A whole list is an answer of another type, which its call takes as it is.
    const answer = options.brings === "whole" ? ([name] as never) : name;
    if (how === "land") sent.resolve(answer);
    else sent.reject(new Error("no"));
    await drained();
    if (how === "land") this.model.land(call, effectOf(options.brings, name));
    else this.model.fail(call, !options.keeps);
  }

  async #do(what: Exclude<Step["do"], "begin" | "land" | "fail">): Promise<void> {
    const { client, model } = this;
    const name = String(++this.#names);
    switch (what) {
      case "set":
        client.setQueryData(KEY, [name]);
        return model.set([name]);
      case "remove":
      case "clear":
        // What has nothing cannot lose it, one by one.
        if (what === "remove" && model.shown === undefined) return;
        if (what === "clear") client.clear();
        else if (!client.cache.delete(HASH)) client.removeQueries(KEY);
        return model.remove();
      case "evict":
        // What is on screen stays, and what has nothing cannot lose it.
        if (this.hook || model.shown === undefined) return;
        for (const other of ["one", "two"]) client.setQueryData(other, name);
        return model.evict();
      case "invalidate":
        // A second mark is none.
        if (model.isChanging && client.getQueryState(KEY)?.isInvalidated) return;
        void client.invalidateQueries(KEY);
        return model.invalidate();
      case "refetch":
        void this.hook?.observer.refetch();
        if (this.hook && model.isLoading && model.shown !== undefined) model.isLoading = false;
        return model.refetch();
      case "mount":
        // A mark during a change is another story.
        if (this.hook || model.isChanging) return;
        this.hook = new Watched(client, KEY, this.backend.fetcher);
        return model.mount();
      case "unmount":
        // Loads of nobody are another story.
        if (model.isLoading || model.isChanging) return;
        this.hook?.leave();
        this.hook = undefined;
        model.isWatched = false;
        return;
      case "answer":
        // Those before were dismissed, and answer nobody.
        for (const request of this.backend.requests) request.answer.resolve([`load ${this.backend.count}`]);
        await drained();
        model.answer([`load ${this.backend.count}`]);
    }
  }

  check(): void {
    const { model, client } = this;
    const { isLoading, loads } = model;
    expect(client.getQueryData(KEY)).toEqual(model.shown);
    if (!this.hook) return;
    expect(this.hook.data).toEqual(model.shown);
    expect([this.hook.result.isFetching, this.backend.count]).toEqual([isLoading, loads]);
  }
}

function effectOf(kind: string, word: string): ModelEffect | undefined {
  if (kind === "none") return undefined;
  return kind === "word" ? { word } : { whole: word };
}

const plain = (brings: "none" | "whole"): Step => {
  return { do: "begin", hope: "none", brings, revalidate: false, keeps: false };
};
/** A list has landed, and is not shown as long as a later call is under way: there is nothing to evict. */
const NOTHING_SHOWN: Step[] = [plain("whole"), plain("none"), { do: "land", call: 0 }, { do: "evict" }];
/** Somebody sets other data meanwhile, which is gone when the later call ends: the list is older than that. */
const SET_AND_GONE: Step[] = [...NOTHING_SHOWN.slice(0, 3), { do: "set" }, { do: "evict" }];

test("in any order of calls, answers, failures, writes, removals and loads, it shows what a slow model does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: "max" }), fc.boolean(), async (steps, isWatched) => {
      const world = new World();
      // oxlint-disable no-await-in-loop
      if (isWatched) await world.run({ do: "mount" });
      for (const next of steps) await world.run(next);
      while (world.open.length > 0) await world.run({ do: "land", call: 0 });
      // oxlint-enable no-await-in-loop
      world.client.dispose();
    }),
    {
      numRuns: 500,
      examples: [
        [NOTHING_SHOWN, false],
        [SET_AND_GONE, false],
      ],
    },
  );
});
