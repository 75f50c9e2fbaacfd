export interface Item {
  name: string;
  price: number;
}

const json = async <T,>(path: string, init?: RequestInit): Promise<T> => (await fetch(path, init)).json();

export const api = {
  items: () => json<Item[]>("/api/basket"),
  item: (name: string, signal?: AbortSignal) => json<Item>(`/api/basket/${name}`, signal ? { signal } : {}),
  total: (signal: AbortSignal) => json<number>("/api/basket/total", { signal }),
  add: (name: string) => json<Item>("/api/basket", { method: "POST", body: name }),
};
