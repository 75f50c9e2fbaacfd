import { answerWithin } from "./away.ts";
import { type Channel, openChannel, type RootChannel, threadChannel } from "./channel.ts";
import { type Listed, listingAt } from "./listing.ts";
import { type Place, Realm } from "./realm.ts";

/** Where to look. */
export interface Address {
  readonly host: string;
  readonly ports: readonly number[];
  /** Part of the title or address of a page, worker or process, or its id; "" for all. */
  readonly target: string;
  /** Ms for each answer. */
  readonly timeout: number;
}

/** What was found, and what closes the connections. */
export interface Discovery {
  /** Every page, worker and process that was looked into. */
  readonly places: readonly Place[];
  /** Those in which caches are exposed. */
  readonly realms: readonly Realm[];
  /** Ports at which no debugger answers. */
  readonly silentPorts: readonly number[];
  /** Places and ports that could not be asked, in words. */
  readonly failures: readonly string[];
  readonly close: () => Promise<void>;
  /** Leaves every other page and process. */
  readonly closeAllBut: (realm: Realm) => void;
}

const KINDS: Readonly<Record<string, Place["kind"]>> = {
  page: "page",
  iframe: "frame",
  worker: "worker",
  shared_worker: "worker",
  service_worker: "worker",
  node: "node",
};

/** Looks into every page, frame, worker and process behind these ports. */
export async function discover(address: Address): Promise<Discovery> {
  const roots: RootChannel[] = [];
  const silentPorts: number[] = [];
  const strange: string[] = [];
  const looked = await Promise.all(
    address.ports.map(async (port) => {
      const { targets, isSilent, failure } = await listingAt(address.host, port, address.timeout);
      if (isSilent) silentPorts.push(port);
      if (failure !== undefined) strange.push(failure);
      const meant = targets.filter(({ type, url }) => Object.hasOwn(KINDS, type) && !url.startsWith("devtools://"));
      const ids = new Set(meant.map(({ id }) => id));
      return Promise.all(meant.map((listed) => lookInto(listed, { port, address, roots, ids })));
    }),
  );
  const seen = looked.flat();
  return {
    places: seen.flatMap(({ places }) => places),
    realms: seen.flatMap(({ realms }) => realms),
    silentPorts,
    // Of several ports, another one may be meant.
    failures: [
      ...(silentPorts.length === address.ports.length ? strange : []),
      ...seen.flatMap(({ failures }) => failures),
    ],
    close: async () => void (await Promise.allSettled(roots.map((root) => root.close()))),
    closeAllBut(realm) {
      const kept = seen.find(({ realms }) => realms.includes(realm))?.root;
      for (const root of roots) if (root !== kept) root.close().catch(() => undefined);
    },
  };
}

interface Search {
  readonly port: number;
  readonly address: Address;
  readonly roots: RootChannel[];
  /** Targets that the port lists by themselves. */
  readonly ids: ReadonlySet<string>;
}

interface Looked {
  readonly places: Place[];
  readonly realms: Realm[];
  readonly failures: string[];
  root?: RootChannel | undefined;
}

/** Looks into one page or process, and what belongs to it. Never rejects: one that does not answer keeps no other from it. */
async function lookInto(listed: Listed, { port, address, roots, ids }: Search): Promise<Looked> {
  const looked: Looked = { places: [], realms: [], failures: [] };
  const { timeout, target } = address;
  const { type, title, url, id } = listed;
  const place: Place = { kind: KINDS[type]!, title, url, port, id };
  const orFailure = async <T>(where: Place, asked: Promise<T>): Promise<T | undefined> => {
    try {
      return await answerWithin(asked, timeout);
    } catch (error) {
      if (isMeant(where, target)) looked.failures.push(failureOf(where, error));
      return undefined;
    }
  };
  const root = (looked.root = await orFailure(place, openChannel(listed.address, timeout)));
  if (!root) return looked;
  roots.push(root);
  const own = await orFailure(place, ownContexts(root, place));
  if (!own) return looked;
  const workers = (await orFailure(place, workersOf(root, place, ids))) ?? [];
  const theirs = workers.map((each) => orFailure(each.place, contextsOf(each.channel, each.place)));
  const found = [own, ...(await Promise.all(theirs))].flatMap((each) => each ?? []);
  const meant = found.filter((each) => isMeant(each.place, target));
  looked.places.push(...meant.map((each) => each.place));
  const realms = meant.map((each) =>
    orFailure(each.place, Realm.find(each.place, each.channel, each.context, timeout)),
  );
  looked.realms.push(...(await Promise.all(realms)).filter((realm) => realm !== undefined));
  return looked;
}

function failureOf({ title, url }: Place, error: unknown): string {
  return `${title || url}: ${(error as Error).message}`;
}

/** Whether a place is called like some text. */
export function isMeant({ title, url, id }: Place, target: string): boolean {
  return id === target || `${title}\n${url}`.toLowerCase().includes(target.toLowerCase());
}

interface Context {
  readonly place: Place;
  readonly channel: Channel;
  readonly context: number;
}

/** The global objects of a page or process, without those of its workers. */
async function ownContexts(root: RootChannel, place: Place): Promise<Context[]> {
  if (place.kind !== "page" && place.kind !== "frame") return contextsOf(root, place);
  // Only then a crash is told.
  await root.send("Inspector.enable");
  return contextsOf(root, place, await framesOf(root));
}

interface FrameTree {
  readonly frame: { readonly id: string; readonly url: string };
  readonly childFrames?: readonly FrameTree[];
}

/** The addresses of a page's frames by their ids. */
async function framesOf(root: RootChannel): Promise<ReadonlyMap<string, string>> {
  const { frameTree } = (await root.send("Page.getFrameTree")) as unknown as { frameTree: FrameTree };
  const all = ({ frame, childFrames = [] }: FrameTree): [string, string][] => [
    [frame.id, frame.url],
    ...childFrames.flatMap(all),
  ];
  return new Map(all(frameTree));
}

/** The global objects of a page: its own, and those of frames in the same process. */
async function contextsOf(
  channel: Channel,
  place: Place,
  frames: ReadonlyMap<string, string> = new Map(),
): Promise<Context[]> {
  const found: Context[] = [];
  const undo = channel.listen((method, params) => {
    if (method !== "Runtime.executionContextCreated") return;
    const { id: context, origin, auxData } = params["context"] as ContextDescription;
    // Those of extensions are isolated worlds.
    if (auxData?.isDefault === false) return;
    const id = auxData?.frameId ?? place.id;
    const url = frames.get(id) ?? origin;
    // Like a frame in a process of its own, it is called by its address.
    const where: Place = id === place.id ? place : { ...place, kind: "frame", title: url, url, id };
    found.push({ place: where, channel, context });
  });
  await channel.send("Runtime.enable");
  undo();
  // They come in any order.
  return [...found.filter((each) => each.place === place), ...found.filter((each) => each.place !== place)];
}

interface ContextDescription {
  readonly id: number;
  readonly origin: string;
  readonly auxData?: { readonly isDefault?: boolean; readonly frameId?: string };
}

/** The workers of a page, or the threads of a process. */
async function workersOf(
  root: RootChannel,
  place: Place,
  ids: ReadonlySet<string>,
): Promise<{ channel: Channel; place: Place }[]> {
  if (place.kind !== "page" && place.kind !== "frame" && place.kind !== "node") return [];
  const found: { channel: Channel; place: Place }[] = [];
  const isNode = place.kind === "node";
  const undo = root.listen((method, params) => {
    const sessionId = params["sessionId"] as string;
    if (method === "Target.attachedToTarget") {
      const { targetId, title, url } = params["targetInfo"] as { targetId: string; title: string; url: string };
      // Newer browsers list workers, and all list frames in a process of their own.
      if (!ids.has(targetId))
        found.push({ channel: root.session(sessionId), place: { ...place, kind: "worker", title, url, id: targetId } });
    } else if (method === "NodeWorker.attachedToWorker") {
      const { workerId, title, url } = params["workerInfo"] as { workerId: string; title: string; url: string };
      const thread: Place = { ...place, kind: "thread", title, url, id: `${place.id} ${workerId}` };
      found.push({ channel: threadChannel(root, sessionId), place: thread });
    }
  });
  const [method, rest] = isNode
    ? ["NodeWorker.enable", {}]
    : ["Target.setAutoAttach", { autoAttach: true, flatten: true }];
  await root.send(method, { waitForDebuggerOnStart: false, ...rest });
  undo();
  return found;
}
