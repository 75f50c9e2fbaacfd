import CDP from "chrome-remote-interface";
import { answerWithin } from "./away.ts";
import { type Channel, openChannel, type RootChannel, threadChannel } from "./channel.ts";
import { type Place, Realm } from "./realm.ts";

/** Where to look. */
export interface Address {
  readonly host: string;
  readonly ports: readonly number[];
  /** Part of the title or address of a page, worker or process; "" for all. */
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
  /** Ports at which nothing answers. */
  readonly silentPorts: readonly number[];
  /** Places that could not be asked, in words. */
  readonly failures: readonly string[];
  readonly close: () => Promise<void>;
  /** Leaves every other page and process. */
  readonly closeAllBut: (realm: Realm) => void;
}

/** What a debugger's port says of one target. */
type Listed = CDP.Target;

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
  const looked = await Promise.all(
    address.ports.map(async (port) => {
      const all = await listedAt(port, address);
      if (!all) silentPorts.push(port);
      const meant = (all ?? []).filter(({ type, url }) => type in KINDS && !url.startsWith("devtools://"));
      const ids = new Set(meant.map(({ id }) => id));
      return Promise.all(meant.map((listed) => lookInto(listed, { port, address, roots, ids })));
    }),
  );
  const seen = looked.flat();
  return {
    places: seen.flatMap(({ places }) => places),
    realms: seen.flatMap(({ realms }) => realms),
    silentPorts,
    failures: seen.flatMap(({ failure }) => failure ?? []),
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
  root?: RootChannel;
  failure?: string;
}

/** Looks into one page or process, and what belongs to it. Never rejects. */
async function lookInto(listed: Listed, { port, address, roots, ids }: Search): Promise<Looked> {
  const looked: Looked = { places: [], realms: [] };
  try {
    const root = (looked.root = await openChannel(listed.webSocketDebuggerUrl));
    roots.push(root);
    const place = { kind: KINDS[listed.type]!, title: listed.title, url: listed.url, port, id: listed.id };
    const found = await answerWithin(contextsBelow(root, place, ids), address.timeout);
    for (const { place: where, channel, context } of found.filter((each) => isMeant(each.place, address.target))) {
      looked.places.push(where);
      const realm = await Realm.find(where, channel, context, address.timeout);
      if (realm) looked.realms.push(realm);
    }
  } catch (error) {
    looked.failure = `${listed.title || listed.url}: ${(error as Error).message}`;
  }
  return looked;
}

/** `undefined` where nothing answers. */
async function listedAt(port: number, { host, timeout }: Address): Promise<Listed[] | undefined> {
  try {
    return await answerWithin(CDP.List({ host, port }), timeout);
  } catch {
    return undefined;
  }
}

/** Whether a place is called like some text. */
export function isMeant({ title, url }: Place, target: string): boolean {
  return `${title}\n${url}`.toLowerCase().includes(target.toLowerCase());
}

interface Context {
  readonly place: Place;
  readonly channel: Channel;
  readonly context: number;
}

/** The global objects of a page or process, and of its workers. */
async function contextsBelow(root: RootChannel, place: Place, ids: ReadonlySet<string>): Promise<Context[]> {
  // Only then a crash is told.
  if (place.kind === "page" || place.kind === "frame") await root.send("Inspector.enable");
  const found = await contextsOf(root, place);
  for (const below of await workersOf(root, place, ids)) found.push(...(await contextsOf(below.channel, below.place)));
  return found;
}

/** The global objects of a page: its own, and those of frames in the same process. */
async function contextsOf(channel: Channel, place: Place): Promise<Context[]> {
  const found: Context[] = [];
  const undo = channel.listen((method, params) => {
    if (method !== "Runtime.executionContextCreated") return;
    const { id, origin, auxData } = params["context"] as ContextDescription;
    // Those of extensions are isolated worlds.
    if (auxData?.isDefault === false) return;
    const isFrame = found.length > 0;
    found.push({ place: isFrame ? { ...place, kind: "frame", url: origin } : place, channel, context: id });
  });
  await channel.send("Runtime.enable");
  undo();
  return found;
}

interface ContextDescription {
  readonly id: number;
  readonly origin: string;
  readonly auxData?: { readonly isDefault?: boolean };
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
