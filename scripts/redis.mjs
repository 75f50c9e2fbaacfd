import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where it is when the path of programs does not lead there. */
const PLACES = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The server of `REDIS_PATH`, or the system's own Redis or Valkey; `undefined` when there is none. */
export function findRedis() {
  const asked = process.env.REDIS_PATH;
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...PLACES];
  const found = ["redis-server", "valkey-server"].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(asked ? [asked] : []), ...found].find((path) => existsSync(path));
}
