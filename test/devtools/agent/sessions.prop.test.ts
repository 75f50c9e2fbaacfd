import { Cache } from "macho-cache";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_SESSIONS, SESSION_LIFE, Sessions } from "../../../src/devtools/agent/sessions.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

/** What a slow, obvious bookkeeper knows of a session. */
interface Known {
  readonly id: string;
  readonly target: number;
  readonly session: { stops: number; stop: () => void };
  askedAt: number;
  isOpen: boolean;
}

test("sessions live as long as somebody asks for them in time, each by itself", () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("begin" as const), target: fc.nat(1) }),
      fc.record({ do: fc.constantFrom("find" as const, "end" as const), which: fc.nat(20), target: fc.nat(1) }),
      fc.record({ do: fc.constant("pass" as const), ms: fc.nat(SESSION_LIFE) }),
    ),
    { maxLength: 60, size: "max" },
  );
  fc.assert(
    fc.property(steps, (todo) => {
      const timers = new ManualTimers();
      const sessions = new Sessions<{ stops: number; stop: () => void }>("a watch", timers);
      const targets = [new Cache(), new Cache()];
      const known: Known[] = [];
      const openOf = (target: number): Known[] => known.filter((each) => each.isOpen && each.target === target);
      for (const step of todo) {
        if (step.do === "pass") {
          timers.pass(step.ms);
          for (const each of known) each.isOpen &&= timers.now() < each.askedAt + SESSION_LIFE;
        } else if (step.do === "begin") {
          const session = { stops: 0, stop: () => void session.stops++ };
          const begin = (): string => sessions.begin(targets[step.target]!, () => session).id;
          if (openOf(step.target).length === MAX_SESSIONS) expect(begin).toThrow(/8 commands have a watch/);
          else known.push({ id: begin(), target: step.target, session, askedAt: timers.now(), isOpen: true });
        } else if (known.length > 0) {
          const each = known[step.which % known.length]!;
          const isThere = each.isOpen && each.target === step.target;
          const target = targets[step.target]!;
          if (step.do === "end") sessions.end(target, each.id);
          else expect(sessions.find(target, each.id)).toBe(isThere ? each.session : undefined);
          each.isOpen &&= !(isThere && step.do === "end");
          each.askedAt = isThere ? timers.now() : each.askedAt;
        }
        expect(targets.map((target) => sessions.count(target))).toEqual([openOf(0).length, openOf(1).length]);
        expect(known.map(({ session }) => session.stops)).toEqual(known.map(({ isOpen }) => Number(!isOpen)));
        expect(timers.pending).toBe(known.filter(({ isOpen }) => isOpen).length);
      }
      expect(new Set(known.map(({ id }) => id)).size).toBe(known.length);
    }),
    { numRuns: 60 },
  );
});
