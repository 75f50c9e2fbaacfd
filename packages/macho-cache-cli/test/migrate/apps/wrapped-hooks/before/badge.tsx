import { useStrictApi } from "./use-api";

export function Badge({ id }: { id: number }) {
  const { data, error } = useStrictApi<string>(`/api/badges/${id}`);
  return <i>{error ? `no badge (${error.status})` : data}</i>;
}
