// Checked by the compiler: what is inferred of a mutation, and what must not compile.
import { mutateQuery, mutationOptions, type MutationState, QueryClient, setMutationDefaults } from "macho-cache/query";
import { useCachedMutation, useMutationState } from "macho-cache/react";
import { expectTypeOf } from "vitest";

interface Film {
  title: string;
}
declare const film: Film;
const client = new QueryClient({ defaultOptions: { mutations: { retry: 2, onError: (error) => error } } });

void new QueryClient({
  defaultOptions: {
    mutations: { mutationFn: (variables, call) => expectTypeOf([variables, call.client]).toEqualTypeOf<unknown[]>() },
  },
});
// @ts-expect-error a key is no default of all
void new QueryClient({ defaultOptions: { mutations: { mutationKey: ["a"] } } });

const result = useCachedMutation({
  mutationFn: (title: string, { signal, client: own }) => {
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    expectTypeOf(own).toEqualTypeOf<QueryClient>();
    return Promise.resolve({ title });
  },
  onMutate: (title) => {
    expectTypeOf(title).toEqualTypeOf<string>();
    return Promise.resolve({ before: film });
  },
  onSuccess: (data, title, context) => {
    expectTypeOf(data).toEqualTypeOf<{ title: string }>();
    expectTypeOf(title).toEqualTypeOf<string>();
    expectTypeOf(context).toEqualTypeOf<{ before: Film } | undefined>();
  },
});
expectTypeOf(result.data).toEqualTypeOf<{ title: string } | undefined>();
expectTypeOf(result.error).toEqualTypeOf<unknown>();
expectTypeOf(result.context).toEqualTypeOf<{ before: Film } | undefined>();
expectTypeOf(result.mutateAsync("Ran")).resolves.toEqualTypeOf<{ title: string }>();
result.mutate("Ran", { onSuccess: (data) => expectTypeOf(data).toEqualTypeOf<{ title: string }>() });
// @ts-expect-error other variables
result.mutate(5);
// @ts-expect-error variables are missing
result.mutate();

// Destructured or not, a status narrows data and variables.
const { status, data, variables } = result;
if (status === "success") expectTypeOf(data).toEqualTypeOf<{ title: string }>();
if (status === "pending") expectTypeOf(variables).toEqualTypeOf<string>();
if (result.isIdle) expectTypeOf(result.variables).toEqualTypeOf<undefined>();

// A function without variables is called without.
useCachedMutation({ mutationFn: () => film }).mutate();
// @ts-expect-error an option that does not exist
useCachedMutation({ mutationFn: () => film, gcTime: 5 });

const shared = mutationOptions({ mutationKey: ["rename"], mutationFn: (title: string) => ({ title }) });
expectTypeOf(useCachedMutation(shared).data).toEqualTypeOf<{ title: string } | undefined>();
setMutationDefaults(client, ["rename"], shared);

expectTypeOf(useMutationState()).toEqualTypeOf<readonly MutationState[]>();
expectTypeOf(useMutationState({ select: ({ state }) => state.status === "error" })).toEqualTypeOf<readonly boolean[]>();

expectTypeOf(mutateQuery(client, "a", Promise.resolve(film))).resolves.toEqualTypeOf<Film | undefined>();
void mutateQuery<number>(client, "count", (old = 0) => old + 1, {
  optimisticData: (old = 0, shown = old) => shown + 1,
});
void mutateQuery<Film, boolean>(client, "a", Promise.resolve(true), { populateCache: () => film });
// @ts-expect-error an option that does not exist
void mutateQuery(client, "a", 1, { rollback: true });
