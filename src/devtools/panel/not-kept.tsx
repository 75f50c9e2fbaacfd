/** @jsxImportSource preact */
import type { JSX } from "preact";

/** In place of what an `LruCache` does not keep. */
export function NotKept({ what }: { what: string }): JSX.Element {
  return (
    <div class="empty">
      <p>
        <b>This cache keeps no {what}.</b>
      </p>
      <p>
        A client has an LruCache by default. Give it a Cache, which keeps them:{" "}
        <code>{"cache: new Cache({ maxCacheSize: 1_000, ttl: Infinity })"}</code>
      </p>
    </div>
  );
}
