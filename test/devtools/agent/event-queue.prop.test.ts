import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "../../../src/devtools/agent/event-queue.ts";

test("a queue agrees with a list that is cut at its beginning", () => {
  const steps = fc.array(
    fc.oneof(fc.constant({ do: "push" as const }), fc.record({ do: fc.constant("take" as const), most: fc.nat(12) })),
    { maxLength: 120, size: "max" },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), steps, (most, todo) => {
      const queue = new EventQueue<number>(most);
      let [list, lost, next]: [number[], number, number] = [[], 0, 0];
      for (const step of todo) {
        if (step.do === "push") {
          queue.push(next);
          list.push(next++);
          if (list.length > most) lost += list.splice(0, 1).length;
        } else {
          expect(queue.take(step.most)).toEqual({ items: list.slice(0, step.most), lost });
          list = list.slice(step.most);
          lost = 0;
        }
        expect(queue.length).toBe(list.length);
      }
    }),
  );
});
