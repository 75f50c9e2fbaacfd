import { type Issue, type Move, moved } from "../board.ts";

export interface Comment {
  readonly id: number;
  readonly author: string;
  readonly text: string;
}

export interface IssueDetail extends Issue {
  readonly description: string;
  readonly comments: readonly Comment[];
}

/** A log has an end. */
const MAX_MOVES = 1_000;

/** What the server knows: the issues in the order of the board, and the moves that it did. */
export class Issues {
  #issues: readonly IssueDetail[] = seed();
  #moves: Move[] = [];

  /** In the order in which they came. */
  get moves(): readonly Move[] {
    return this.#moves;
  }

  list(assignee: string | null): readonly Issue[] {
    const issues = assignee === null ? this.#issues : this.#issues.filter((issue) => issue.assignee === assignee);
    return issues.map(({ description: _description, comments: _comments, ...issue }) => issue);
  }

  find(id: number): IssueDetail | undefined {
    return this.#issues.find((issue) => issue.id === id);
  }

  move(move: Move): void {
    this.#issues = moved(this.#issues, move);
    this.#moves = [...this.#moves.slice(1 - MAX_MOVES), move];
  }

  comment(id: number, text: string): Comment {
    const comment = { id: this.find(id)!.comments.length + 1, author: "You", text };
    this.#issues = this.#issues.map((issue) => {
      if (issue.id !== id) return issue;
      return { ...issue, comments: [...issue.comments, comment], commentCount: issue.commentCount + 1 };
    });
    return comment;
  }

  reset(): void {
    this.#issues = seed();
    this.#moves = [];
  }
}

/** title, status, assignee, description, comments: each by its author and text. */
type Row = readonly [string, Issue["status"], string, string, ...(readonly [author: string, text: string])[]];

const ROWS: readonly Row[] = [
  [
    "Water only at night",
    "todo",
    "Ada",
    "The valves open at noon, when half of the water dries.",
    ["Bo", "Seven in the evening is early enough."],
  ],
  ["Ask before the roof opens", "todo", "Bo", "A storm last week opened it for ten minutes."],
  ["Show humidity in the app", "todo", "Chen", "The sensors send it, and nobody sees it."],
  ["Replace the sensor of bed 4", "todo", "Ada", "It says 85 °C."],
  ["Write down how to reset the pump", "todo", "Chen", "Bo does it by heart."],
  [
    "Send an alarm below 4 °C",
    "doing",
    "Bo",
    "By text message, since nobody reads mail at night.",
    ["Ada", "Whose telephone?"],
    ["Bo", "Mine, until we take turns."],
  ],
  ["Keep a month of readings", "doing", "Ada", "The controller keeps a day, and then overwrites it."],
  ["Move the tomatoes away from the heater", "done", "Chen", "The leaves on that side are brown."],
  [
    "Name the beds",
    "done",
    "Bo",
    "The numbers on the plan are not those on the doors.",
    ["Chen", "I have painted them."],
  ],
];

function seed(): readonly IssueDetail[] {
  return ROWS.map(([title, status, assignee, description, ...said], index) => {
    const comments = said.map(([author, text], place) => ({ id: place + 1, author, text }));
    return { id: index + 1, title, status, assignee, description, comments, commentCount: comments.length };
  });
}
