import fc from "fast-check";
import { expect, test } from "vitest";
import { type Issue, type Move, moved, STATUSES, step } from "../../examples/tracker/board.ts";

const COUNT = 6;
const status = fc.constantFrom(...STATUSES);
const id = fc.integer({ min: 1, max: COUNT });
const board = fc
  .array(status, { minLength: COUNT, maxLength: COUNT })
  .map((statuses) =>
    statuses.map((each, index): Issue => ({ id: index + 1, title: "", status: each, assignee: "", commentCount: 0 })),
  );
const move: fc.Arbitrary<Move> = fc.record({ id, status, before: fc.option(id) });

/** The board as columns of ids. */
const columns = (issues: readonly Issue[]): number[][] =>
  STATUSES.map((each) => issues.filter((issue) => issue.status === each).map((issue) => issue.id));

/** A move of columns: taken out, and put in. */
function movedColumns(before: number[][], { id: own, status: to, before: next }: Move): number[][] {
  if (next === own) return before;
  const left = before.map((column) => column.filter((each) => each !== own));
  const target = left[STATUSES.indexOf(to)]!;
  const place = target.indexOf(next ?? 0);
  target.splice(place === -1 ? target.length : place, 0, own);
  return left;
}

test("a move takes a card out of its column and puts it into another, and a second time changes nothing", () => {
  fc.assert(
    fc.property(board, fc.array(move, { maxLength: 8 }), (issues, moves) => {
      let shown: readonly Issue[] = issues;
      for (const each of moves) {
        const expected = movedColumns(columns(shown), each);
        shown = moved(shown, each);
        expect(columns(shown)).toEqual(expected);
        expect(columns(moved(shown, each))).toEqual(expected);
      }
    }),
  );
});

test("a step up or down changes places with the neighbour, and one to the side goes to the end of the next column", () => {
  fc.assert(
    fc.property(board, id, fc.constantFrom("left", "right", "up", "down"), (issues, own, direction) => {
      const issue = issues[own - 1]!;
      const from = STATUSES.indexOf(issue.status);
      const expected = columns(issues);
      const column = expected[from]!;
      const place = column.indexOf(own);
      const next = step(issues, issue, direction);
      if (direction === "up" || direction === "down") {
        const neighbour = place + (direction === "up" ? -1 : 1);
        if (column[neighbour] === undefined) {
          expect(next).toBe(undefined);
          return;
        }
        [column[place], column[neighbour]] = [column[neighbour], own];
      } else {
        const target = expected[from + (direction === "left" ? -1 : 1)];
        if (target === undefined) {
          expect(next).toBe(undefined);
          return;
        }
        target.push(...column.splice(place, 1));
      }
      expect(columns(moved(issues, next!))).toEqual(expected);
    }),
  );
});
