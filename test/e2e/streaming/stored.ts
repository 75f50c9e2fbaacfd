import { persist } from "macho-cache/persist";
import type { QueryClient } from "macho-cache/query";
import { createClient } from "./sent.tsx";

/** A minute ago, the storage of the page got other data than the server sends now. It is there, or in memory already. */
export async function persistOther(client: QueryClient, isRestored: boolean): Promise<void> {
  const before = createClient();
  const stored = persist(before, { scope: "ada" });
  const keys = [
    ["film", 1],
    ["review", 1],
    ["review", 2],
  ];
  for (const key of keys) before.setQueryData(key, "stored", { updatedAt: Date.now() - 60_000, ttl: 3_600_000 });
  await stored.stop();
  const persistence = persist(client, { scope: "ada" });
  await persistence.ready;
  const count = isRestored ? await persistence.restore() : persistence.status.entries;
  if (count !== keys.length) throw new Error(`${keys.length} entries were stored, got ${count}.`);
}
