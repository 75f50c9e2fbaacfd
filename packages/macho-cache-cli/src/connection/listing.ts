import { lookup } from "node:dns/promises";
import { get } from "node:http";
import { isIPv6 } from "node:net";

/** What a debugger's port says of one target. */
export interface Listed {
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Where it can be spoken with: at the host and port that were asked. */
  readonly address: string;
}

/** What was found at a port. */
export interface PortListing {
  readonly targets: readonly Listed[];
  /** Whether nothing listens there. */
  readonly isSilent: boolean;
  /** That something listens there which is no debugger, in words. */
  readonly failure?: string;
}

/** Characters of a list: of hundreds of tabs. */
const MAX_TEXT = 8_000_000;

/** Asks a port for its targets. Never rejects. @param timeout ms */
export async function listingAt(host: string, port: number, timeout: number): Promise<PortListing> {
  const silent: PortListing = { targets: [], isSilent: true };
  const signal = AbortSignal.timeout(timeout);
  // Chrome answers to addresses alone, and to localhost: both of its addresses are tried, since Chrome has one of them.
  const addresses = await lookup(host.replace(/^\[(.*)\]$/, "$1"), { all: true }).catch(() => []);
  for (const { address } of addresses) {
    const text = await textAt(address, port, signal).catch((error: NodeJS.ErrnoException) => error);
    if (typeof text === "string") return listed(text, address, port);
    if (signal.aborted) return { ...silent, failure: `what listens at port ${port} does not answer` };
    if (text.code !== undefined && !UNREACHED.has(text.code)) return { ...silent, failure: strange(port) };
  }
  return silent;
}

/** Nothing listens, or the address is of no use here. */
const UNREACHED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EAFNOSUPPORT",
  "ETIMEDOUT",
]);

function strange(port: number): string {
  return `what listens at port ${port} is no debugger`;
}

function listed(text: string, address: string, port: number): PortListing {
  const none: PortListing = { targets: [], isSilent: true, failure: strange(port) };
  let all: unknown;
  try {
    all = JSON.parse(text);
  } catch {
    return none;
  }
  if (!Array.isArray(all)) return none;
  const host = isIPv6(address) ? `[${address}]` : address;
  return { targets: all.flatMap((each: unknown) => targetOf(each, `${host}:${port}`)), isSilent: false };
}

/** None for what has no address, or has another shape. */
function targetOf(each: unknown, host: string): Listed[] {
  const { type, id, title = "", url = "", webSocketDebuggerUrl } = (each ?? {}) as Partial<Record<string, unknown>>;
  const texts = [type, id, title, url, webSocketDebuggerUrl];
  if (!texts.every((text) => typeof text === "string")) return [];
  const [kind, name, head, place, address] = texts as [string, string, string, string, string];
  if (!URL.canParse(address)) return [];
  // Whatever it says, nothing is asked but what the user has named.
  return [{ type: kind, id: name, title: head, url: place, address: `ws://${host}${new URL(address).pathname}` }];
}

function textAt(host: string, port: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host, port, path: "/json/list", agent: false, signal }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (more: string) => {
        text += more;
        if (text.length > MAX_TEXT) request.destroy(new Error("The list is too long."));
      });
      response.on("error", reject);
      response.on("end", () => resolve(response.statusCode === 200 ? text : ""));
    });
    request.on("error", reject);
  });
}
