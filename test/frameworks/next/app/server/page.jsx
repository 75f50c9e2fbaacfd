import { Cache } from "macho-cache";
import { connection } from "next/server";

/** Shared by all requests of this server. */
const words = new Cache({ maxCacheSize: 10, ttl: 60_000 });

/** A server component that uses the engine alone. */
export default async function Page() {
  await connection();
  const word = await words.getOrLoad("word", () => Promise.resolve("cached"));
  return <h1>{`A ${String(word)} word, ${words.metrics.hits} times`}</h1>;
}
