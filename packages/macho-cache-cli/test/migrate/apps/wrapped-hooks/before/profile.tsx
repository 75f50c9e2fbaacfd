import { Badge } from "./badge";
import { useApi, useSend } from "./use-api";
import { type User, userPath } from "./user";

export function Profile({ id }: { id: number }) {
  const path = userPath(id);
  const { data, error, isPending } = useApi<User>(path);
  const rename = useSend<User, User>(path, ["api", path]);
  if (isPending) return <p>...</p>;
  if (error !== null) return <p>{error.message}</p>;
  return (
    <p>
      <button type="button" onClick={() => rename.mutate({ name: `${data.name}!` })}>
        {data.name}
      </button>
      <Badge id={id} />
    </p>
  );
}
