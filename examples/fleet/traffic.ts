// Requests at a steady rate, whether or not the answers come: a server that is slow is not asked less for it.
import { Agent, get } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

/** Ms after which a request counts as failed. */
const LONGEST = 5_000;
/** Ms between two looks at what is due. */
const STEP = 5;

export interface Traffic {
  readonly port: number;
  readonly seconds: number;
  /** Requests a second. */
  readonly rate: number;
  /** How many films there are. The most popular one is asked for twice as often as the second, and so on. */
  readonly films: number;
}

/** What came of it. Times in ms. */
export interface Answers {
  readonly requests: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** Sends requests for some seconds, and resolves when each is answered or has failed. */
export async function send({ port, seconds, rate, films }: Traffic): Promise<Answers> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const next = popular(films);
  const began = performance.now();
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  let failed = 0;
  const ask = async (due: number): Promise<void> => {
    try {
      await request(agent, port, `/films/${next()}`);
      // From when it was due: what waits for a busy machine has waited.
      times.push(performance.now() - due);
    } catch {
      failed++;
    }
  };
  for (let sent = 0; sent < seconds * rate;) {
    const due = began + (sent * 1_000) / rate;
    if (due > performance.now()) await wait(STEP);
    else {
      answers.push(ask(due));
      sent++;
    }
  }
  await Promise.all(answers);
  agent.destroy();
  times.sort((one, other) => one - other);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  return { requests: answers.length, failed, p50: at(0.5), p99: at(0.99), longest: at(1) };
}

function request(agent: Agent, port: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(LONGEST);
    get({ agent, host: "127.0.0.1", port, path, signal }, (response) => {
      response.once("error", reject);
      response.once("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(path))));
      response.resume();
    }).once("error", reject);
  });
}

/** Numbers of films by their popularity, the same ones in each run. */
function popular(films: number): () => number {
  const sums: number[] = [];
  for (let film = 1; film <= films; film++) sums.push((sums.at(-1) ?? 0) + 1 / film);
  let seed = 1;
  return () => {
    // A linear congruential generator is random enough to choose a film.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const drawn = (seed / 2 ** 32) * sums.at(-1)!;
    return sums.findIndex((sum) => sum > drawn);
  };
}
