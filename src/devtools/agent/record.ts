import { CacheRecording } from "../../simulate/cache-recording.ts";
import type { DevtoolsTarget } from "../source.ts";
import { nextPart, type ReadSoFar, type SentPart } from "./record-parts.ts";
import { recordableOf } from "./recordable.ts";
import { SESSION_HOST, type SessionHost, Sessions } from "./sessions.ts";

/** Operations that wait in the page to be fetched: 2.4 MB, or 4.5 with times to live and weights. */
const MAX_WAITING = 2 ** 18;

export interface RecordRequest extends ReadSoFar {
  /** What the first answer called it; "" begins one. */
  readonly session: string;
  /** Above 0 to 1; 0 for what the size of the cache asks for. */
  readonly sampleRate: number;
  /** `stop`: nothing more is recorded, and what there is can be fetched. `end`: it is dropped. */
  readonly phase: "go" | "stop" | "end";
}

export interface RecordAnswer {
  /** For the next question. */
  readonly session: string;
  /** What comes next; `null` where there is no such session any more: nobody asked for 30 s. */
  readonly part: SentPart | null;
}

/** Records caches for tools that read along. */
export class Records {
  readonly sessions: Sessions<CacheRecording>;
  #most: number;

  /** @param most operations that wait to be fetched */
  constructor(host: SessionHost = SESSION_HOST, most: number = MAX_WAITING) {
    this.sessions = new Sessions("a record", host);
    this.#most = most;
  }

  /** @throws Refusal for a cache that cannot be recorded */
  answer(target: DevtoolsTarget, request: RecordRequest): RecordAnswer {
    const { session: id, recording } = this.#sessionOf(target, request);
    if (!recording) return { session: "", part: null };
    if (request.phase !== "go") {
      // A change of the bounds is noticed by a look, and once it has stopped nobody looks.
      recording.part(0, 0);
      recording.stop();
    }
    if (request.phase === "end") this.sessions.end(target, id);
    return { session: id, part: nextPart(recording, request) };
  }

  #sessionOf(
    target: DevtoolsTarget,
    { session: id, sampleRate }: RecordRequest,
  ): { readonly session: string; readonly recording: CacheRecording | undefined } {
    if (id !== "") return { session: id, recording: this.sessions.find(target, id) };
    const cache = recordableOf(target);
    const rate = sampleRate > 0 && sampleRate <= 1 ? { sampleRate } : {};
    const begun = this.sessions.begin(target, () => new CacheRecording(cache, { size: this.#most, ...rate }));
    return { session: begun.id, recording: begun.session };
  }
}

const records = new Records();

/** The accesses of a cache from now on. */
export function record(target: DevtoolsTarget, request: RecordRequest): RecordAnswer {
  return records.answer(target, request);
}
