import { Orders } from "./orders";
import { useLogin, useLogout, useMe } from "./use-auth";

export function Account() {
  const me = useMe();
  const { mutateAsync: signIn, isPending, error } = useLogin();
  const out = useLogout();
  if (me.isPending) return <p>Who is there?</p>;
  if (me.data == null) {
    return (
      <button type="button" disabled={isPending} onClick={() => void signIn("Ada").catch(() => undefined)}>
        {error === null ? "Sign in" : `Try again: ${error.message}`}
      </button>
    );
  }
  return (
    <div>
      <p>Hello {me.data.name}</p>
      <Orders />
      <button type="button" onClick={() => out.mutate()}>
        Sign out
      </button>
    </div>
  );
}
