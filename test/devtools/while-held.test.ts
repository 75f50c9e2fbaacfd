import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { Sampler, type SamplerEnvironment } from "../../src/devtools/sampler.ts";
import { createSource } from "../../src/devtools/source.ts";
import { whileHeld } from "../../src/devtools/while-held.ts";
import { isHeld } from "../support/collect.ts";

/** A host that never forgets what it was told to call, until that is undone. */
class Host {
  readonly calls: Set<() => void> = new Set();
  readonly begin = (call: () => void): (() => void) => {
    this.calls.add(call);
    return () => void this.calls.delete(call);
  };
  tick(): void {
    for (const call of this.calls) call();
  }
}

test("calls go on while the owner is held, and end by themselves once it was collected", async () => {
  const host = new Host();
  const reference = await (async (owner: { calls: number }) => {
    whileHeld(owner, (held) => held.calls++, host.begin);
    host.tick();
    host.tick();
    expect(owner.calls).toBe(2);
    return new WeakRef(owner);
  })({ calls: 0 });
  expect(await isHeld(reference)).toBe(false);
  expect(host.calls.size).toBe(1);
  host.tick();
  expect(host.calls.size).toBe(0);
});

test("a sampler that runs keeps no cache alive, and its timer and its listener end", async () => {
  const host = new Host();
  const environment: SamplerEnvironment = {
    now: () => 0,
    every: host.begin,
    visible: () => true,
    onVisibility: host.begin,
  };
  const reference = ((cache) => {
    new Sampler(createSource(cache), environment).start();
    return new WeakRef(cache);
  })(new Cache());
  expect(host.calls.size).toBe(2);
  expect(await isHeld(reference)).toBe(false);
  host.tick();
  expect(host.calls.size).toBe(0);
});
