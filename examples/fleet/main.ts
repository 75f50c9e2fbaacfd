// Measures fleets of two servers: without a Redis, with one, and with one and a lock; while it works, hangs, and is gone.
import { Fleet } from "./fleet.ts";
import { Origin } from "./origin.ts";
import { RedisProcess } from "./redis.ts";
import { type Answers, send } from "./traffic.ts";

const SERVERS = 2;
const ORIGIN_MS = 30;
const FILMS = 100;
const RATE = 300;

/** What the Redis does while it is measured. */
export type State = "none" | "healthy" | "stopped" | "killed" | "restarted";

/** One row of the table. */
export interface Row extends Answers {
  readonly redis: State;
  readonly lock: boolean;
  /** Answers that the origin was asked for. */
  readonly loads: number;
  /** Servers whose breaker was not closed at the end. */
  readonly broken: number;
}

/** What was measured, and how. */
export interface Measured {
  readonly servers: number;
  readonly originMs: number;
  readonly films: number;
  readonly rate: number;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** What happens to the Redis, one after the other. */
const STATES: readonly (readonly [State, (redis: RedisProcess) => unknown])[] = [
  ["healthy", () => undefined],
  ["stopped", (redis) => redis.hold()],
  ["killed", (redis) => redis.kill()],
  ["restarted", (redis) => redis.restart()],
];

/** @param seconds of each row @param log hears of each row when it is there */
export async function measure(seconds: number, log: (row: Row) => void = () => undefined): Promise<Measured> {
  const origin = await Origin.start(ORIGIN_MS);
  const rows: Row[] = [];
  const add = (row: Row): void => {
    rows.push(row);
    log(row);
  };
  try {
    await withFleet({ origin: origin.url }, async (fleet) => {
      add(await measureRow(fleet, origin, seconds, { redis: "none", lock: false }));
    });
    for (const lock of [false, true]) await measureRedis(origin, lock, seconds, add);
  } finally {
    origin.stop();
  }
  return { servers: SERVERS, originMs: ORIGIN_MS, films: FILMS, rate: RATE, seconds, rows };
}

async function measureRedis(origin: Origin, lock: boolean, seconds: number, add: (row: Row) => void): Promise<void> {
  const redis = await RedisProcess.start();
  try {
    await withFleet({ origin: origin.url, redis: redis.url, lock }, async (fleet) => {
      for (const [state, bring] of STATES) {
        await bring(redis);
        add(await measureRow(fleet, origin, seconds, { redis: state, lock }));
      }
    });
  } finally {
    await redis.kill();
  }
}

async function withFleet(settings: Parameters<typeof Fleet.start>[1], use: (fleet: Fleet) => Promise<void>) {
  const fleet = await Fleet.start(SERVERS, settings);
  try {
    // Programs are slow at first.
    await send({ port: fleet.port, seconds: 0.5, rate: RATE, films: FILMS });
    await use(fleet);
    await fleet.stop();
  } finally {
    fleet.kill();
  }
}

async function measureRow(fleet: Fleet, origin: Origin, seconds: number, kind: Pick<Row, "redis" | "lock">) {
  const before = origin.loads;
  const answers = await send({ port: fleet.port, seconds, rate: RATE, films: FILMS });
  const status = await fleet.status();
  const broken = status.filter(({ breaker }) => breaker !== "closed").length;
  return { ...kind, ...answers, loads: origin.loads - before, broken };
}
