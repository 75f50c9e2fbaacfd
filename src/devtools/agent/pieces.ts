// Long answers, given in pieces: one answer of many megabytes would stop the page.
import { hostClock } from "../../core/lru/clock.ts";
import type { DevtoolsTarget } from "../source.ts";
import { Refusal } from "./refusal.ts";
import type { ValueLine } from "./value-lines.ts";

/** Lines and characters of one piece. */
const LINES = 1_000;
const CHARACTERS = 500_000;
/** Answers that wait to be fetched, and ms for which each of them does. */
const MAX_KEPT = 4;
const KEPT = 10_000;

/** A piece of an answer. */
export interface Piece {
  readonly lines?: readonly ValueLine[];
  readonly text?: string;
  /** What to ask for the next one by; `null` after the last. */
  readonly ticket: number | null;
}

/** Asks for the next piece. */
export interface PieceRequest {
  readonly ticket: number;
}

interface Kept {
  readonly pieces: Iterator<Omit<Piece, "ticket">, void>;
  next: Omit<Piece, "ticket">;
  cancel: () => void;
}

const kept = new Map<number, Kept>();
let lastTicket = 0;

/** The first piece of some lines, or of a text. */
export function firstPiece(whole: readonly ValueLine[] | string): Piece {
  const pieces = typeof whole === "string" ? textPieces(whole) : linePieces(whole);
  const first = pieces.next();
  const second = pieces.next();
  if (second.done) return { ...first.value!, ticket: null };
  const ticket = ++lastTicket;
  kept.set(ticket, wait(ticket, { pieces, next: second.value, cancel: () => undefined }));
  for (const [oldest] of kept) if (kept.size > MAX_KEPT) forget(oldest);
  return { ...first.value!, ticket };
}

/** The next piece of a long answer. */
export function piece(_target: DevtoolsTarget, { ticket }: PieceRequest): Piece {
  const found = kept.get(ticket);
  if (!found) throw new Refusal("The rest of the answer was given up: it was not fetched in time. Ask again.");
  const { next } = found;
  const { done, value } = found.pieces.next();
  if (done) {
    forget(ticket);
    return { ...next, ticket: null };
  }
  found.next = value;
  wait(ticket, found);
  return { ...next, ticket };
}

/** Whoever asks may have gone. */
function wait(ticket: number, answer: Kept): Kept {
  answer.cancel();
  answer.cancel = hostClock.schedule(() => forget(ticket), KEPT);
  return answer;
}

function forget(ticket: number): void {
  kept.get(ticket)?.cancel();
  kept.delete(ticket);
}

function* linePieces(lines: readonly ValueLine[]): Generator<Omit<Piece, "ticket">, void> {
  let from = 0;
  let size = 0;
  for (let at = 0; at < lines.length; at++) {
    size += lines[at]!.text.length;
    if (at - from < LINES && size < CHARACTERS) continue;
    yield { lines: lines.slice(from, at) };
    from = at;
    size = lines[at]!.text.length;
  }
  yield { lines: lines.slice(from) };
}

function* textPieces(text: string): Generator<Omit<Piece, "ticket">, void> {
  let at = 0;
  do {
    yield { text: text.slice(at, at + CHARACTERS) };
    at += CHARACTERS;
  } while (at < text.length);
}
