import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { extname } from "node:path";
import type { Assets } from "./pages.tsx";

const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css" };

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
}

/** What Vite built for the page. Only what its manifest names is served. */
export class Files {
  readonly assets: Assets;
  readonly #bodies: ReadonlyMap<string, Buffer>;

  /** @param folder with a `/` at its end */
  constructor(folder: URL) {
    const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8")) as Record<string, Chunk>;
    const { file, css = [] } = manifest["main.tsx"]!;
    this.assets = { script: `/${file}`, styles: `/${css[0]}` };
    const files = Object.values(manifest).flatMap((chunk) => [chunk.file].concat(chunk.css ?? []));
    this.#bodies = new Map(files.map((name) => [`/${name}`, readFileSync(new URL(name, folder))]));
  }

  /** @returns whether there is such a file */
  serve(path: string, response: ServerResponse): boolean {
    const body = this.#bodies.get(path);
    if (body === undefined) return false;
    // The name of a file changes with what is in it.
    const headers = {
      "content-type": TYPES[extname(path)] ?? "text/plain",
      "cache-control": "max-age=31536000, immutable",
    };
    response.writeHead(200, headers).end(body);
    return true;
  }
}
