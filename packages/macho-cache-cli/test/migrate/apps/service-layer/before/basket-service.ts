import type { QueryClient, QueryFunctionContext } from "@tanstack/react-query";
import { api, type Item } from "./api";

const KEYS = { items: ["basket", "items"], total: ["basket", "total"] } as const;

/** All that is done with the basket. */
export class BasketService {
  private readonly client: QueryClient;

  constructor(client: QueryClient) {
    this.client = client;
    client.setQueryDefaults(["basket"], { staleTime: 5_000 });
  }

  load(): Promise<Item[]> {
    return this.client.fetchQuery({ queryKey: KEYS.items, queryFn: api.items });
  }

  total(): Promise<number> {
    return this.client.ensureQueryData({ queryKey: KEYS.total, queryFn: ({ signal }) => api.total(signal) });
  }

  async add(name: string): Promise<void> {
    await this.client.cancelQueries({ queryKey: KEYS.items });
    const added = await api.add(name);
    this.client.setQueryData<Item[]>(KEYS.items, (old) => [...(old ?? []), added]);
    await this.client.invalidateQueries({ queryKey: KEYS.total, refetchType: "none" });
  }

  get isKnown(): boolean {
    return this.client.getQueryState(KEYS.items)?.status === "success";
  }

  get savesNow(): boolean {
    return this.client.isMutating({ mutationKey: ["save"] }) > 0;
  }

  /** For the other hooks of the basket. */
  readonly loadItem = ({ queryKey, signal }: QueryFunctionContext<readonly ["basket", "item", string]>): Promise<Item> =>
    api.item(queryKey[2], signal);
}
