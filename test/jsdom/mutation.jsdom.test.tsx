import { act, fireEvent, renderHook, screen, waitFor } from "@testing-library/react";
import { mutateQuery, useCachedMutation, useCachedQuery, useIsMutating, useQueryClient } from "macho-cache/react";
import { type ReactElement, StrictMode } from "react";
import { expect, test, vi } from "vitest";
import { deferred } from "../support/deferred.ts";
import { world } from "./world.tsx";

/** Todos of a server, and a form that adds one. */
function Todos({
  read,
  send,
}: {
  read: () => Promise<string[]>;
  send: (title: string) => Promise<void>;
}): ReactElement {
  const { data } = useCachedQuery(["todos"], read, { staleTime: 60_000 });
  const { mutate, isPending, error } = useCachedMutation({
    mutationFn: send,
    onSettled: (_data, _error, _title, _context, { client }) => client.invalidateQueries(["todos"]),
  });
  return (
    <>
      <ul>
        {data?.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      <button disabled={isPending} onClick={() => mutate("second")}>
        Add
      </button>
      {error instanceof Error && <p role="alert">{error.message}</p>}
    </>
  );
}

test("a mutation is pending while it runs, and what it changed is loaded again", async () => {
  const todos = ["first"];
  const sent = deferred<void>();
  const send = vi.fn((title: string) => sent.promise.then(() => void todos.push(title)));
  world().show(
    <StrictMode>
      <Todos read={async () => [...todos]} send={send} />
    </StrictMode>,
  );
  await screen.findByText("first");
  fireEvent.click(screen.getByRole("button"));
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
  await act(async () => sent.resolve());
  expect(await screen.findByText("second")).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(false);
  expect(send).toHaveBeenCalledTimes(1);
});

test("a failed mutation shows its error, and another try takes it away", async () => {
  const send = vi.fn<(title: string) => Promise<void>>().mockRejectedValueOnce(new Error("no")).mockResolvedValueOnce();
  world().show(<Todos read={async () => []} send={send} />);
  fireEvent.click(screen.getByRole("button"));
  expect((await screen.findByRole("alert")).textContent).toBe("no");
  fireEvent.click(screen.getByRole("button"));
  await waitFor(() => expect(screen.queryByRole("alert")).toBe(null));
});

test("an optimistic change shows at once, and is taken back when it fails", async () => {
  const answer = deferred<string>();
  function Name(): ReactElement {
    const client = useQueryClient();
    const { data } = useCachedQuery<string>("name", async () => "Ada", { staleTime: 60_000 });
    const rename = (): void => {
      mutateQuery(client, "name", () => answer.promise, { optimisticData: "Grace" }).catch(() => undefined);
    };
    return <button onClick={rename}>{data ?? "..."}</button>;
  }
  world().show(<Name />);
  fireEvent.click(await screen.findByText("Ada"));
  expect(await screen.findByText("Grace")).toBeTruthy();
  await act(async () => answer.reject(new Error("no")));
  expect(await screen.findByText("Ada")).toBeTruthy();
});

test("mutateAsync in act gives the answer, and useIsMutating counts what runs", async () => {
  const { wrapper } = world();
  const answer = deferred<string>();
  const { result } = renderHook(
    () => ({ mutation: useCachedMutation({ mutationFn: () => answer.promise }), running: useIsMutating() }),
    { wrapper },
  );
  let given: Promise<string> | undefined;
  act(() => void (given = result.current.mutation.mutateAsync()));
  await waitFor(() => expect(result.current.running).toBe(1));
  await act(async () => answer.resolve("saved"));
  expect(await given).toBe("saved");
  await waitFor(() => expect(result.current).toMatchObject({ running: 0, mutation: { data: "saved" } }));
});
