import { setTimeout as pause } from "node:timers/promises";
import type { Answers, Requests } from "macho-cache/devtools/expose";
import { followCache, type Visit } from "../connection/follow-cache.ts";
import type { Choice, RunningCache } from "../connection/running-cache.ts";
import { outputDrained } from "../drained.ts";
import { eventJson, eventLine } from "../event-line.ts";
import { EXIT, type Exit } from "../exit.ts";
import { many } from "../figures.ts";
import { aborted, untilInterrupted } from "../interruption.ts";
import type { Terminal } from "../terminal.ts";

/** What is watched, and until when. */
export interface WatchPlan {
  readonly choice: Choice;
  readonly wanted: Pick<Requests["watch"], "kinds" | "words" | "withValues">;
  readonly isJson: boolean;
  /** Events after which it ends. */
  readonly count: number;
  /** Ms after which it ends. */
  readonly ms: number;
}

/** Ms between an answer with events and the next question, so that a busy page is asked a few times a second. */
const PAUSE = 100;

/** Writes events until it is interrupted, or has enough. */
export async function watchCache(plan: WatchPlan, terminal: Terminal): Promise<Exit> {
  await untilInterrupted(async (interruption) => {
    const limit = new AbortController();
    // The one of the platform can be collected before its time.
    const timer = plan.ms < Infinity ? setTimeout(() => limit.abort(), plan.ms) : undefined;
    const signal = AbortSignal.any([interruption, limit.signal]);
    const watching = new Watching(plan, terminal);
    const { note } = terminal;
    try {
      await followCache(plan.choice, { lost: note, back: note, signal }, (visit) => watching.follow(visit));
    } finally {
      clearTimeout(timer);
    }
  });
  return EXIT.done;
}

/** The conversation with one cache, and what was written of it. */
class Watching {
  #plan: WatchPlan;
  #terminal: Terminal;
  /** Events that may still be written. */
  #left: number;
  #session = "";

  constructor(plan: WatchPlan, terminal: Terminal) {
    this.#plan = plan;
    this.#terminal = terminal;
    this.#left = plan.count;
  }

  /** Writes what happens until the signal aborts, or enough was written. Leaves nothing in the page. */
  async follow({ cache, signal, isSamePage }: Visit): Promise<void> {
    if (!isSamePage) this.#session = "";
    // An answer waits well within the time after which the page counts as busy.
    const wait = this.#plan.choice.timeout / 2;
    const end = aborted(signal);
    // The first question is answered at once.
    this.#hear(await this.#ask(cache, wait, false));
    let asked: Promise<Answers["watch"]> | undefined;
    try {
      while (!signal.aborted && this.#left > 0) {
        asked = this.#ask(cache, wait, false);
        const answer = await Promise.race([asked, end]);
        if (!answer) break;
        asked = undefined;
        this.#hear(answer);
        await outputDrained(signal);
        if (answer.events.length > 0) await pause(PAUSE, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await this.#end(cache, asked);
    }
  }

  #ask(cache: RunningCache, wait: number, ends: boolean): Promise<Answers["watch"]> {
    return cache.ask("watch", { ...this.#plan.wanted, session: this.#session, wait, ends });
  }

  /** Ends the session, and writes what the page still had. A page that is gone has nothing to end. */
  async #end(cache: RunningCache, asked: Promise<Answers["watch"]> | undefined): Promise<void> {
    const ended = await this.#ask(cache, 0, true).catch(() => undefined);
    // The question that still waited is answered by the end, and came first.
    const before = await asked?.catch(() => undefined);
    if (before) this.#write(before);
    if (ended) this.#write(ended);
  }

  #hear(answer: Answers["watch"]): void {
    const { note } = this.#terminal;
    if (answer.isNew && this.#session !== "") {
      note("The watch began anew: the page was not asked for a while. What happened meanwhile was not seen.");
    }
    if (this.#session === "" && !answer.seesReads) {
      note("Of this cache only writes and removals can be seen: it is of another engine.");
    }
    this.#session = answer.session;
    this.#write(answer);
  }

  #write({ events, lost }: Answers["watch"]): void {
    const { say, note, colors } = this.#terminal;
    const { isJson } = this.#plan;
    if (lost > 0 && isJson) say(JSON.stringify({ kind: "lost", count: lost }));
    else if (lost > 0) {
      note(`Lost ${many(lost, "event")}: more came than could be written. Fewer come with --only.`);
    }
    const written = events.slice(0, this.#left);
    this.#left -= written.length;
    if (written.length === 0) return;
    say(written.map((event) => (isJson ? eventJson(event) : eventLine(event, colors))).join("\n"));
  }
}
