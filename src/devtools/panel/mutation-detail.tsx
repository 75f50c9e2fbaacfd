/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Mutation } from "../../query/index.ts";
import type { MutationLog } from "../mutation-log.ts";
import { keyLabel } from "../source.ts";
import { plural } from "./format.ts";
import { Chosen } from "./load-detail.tsx";
import { effectOf, standingOf } from "./mutation-words.ts";
import { ValueTree } from "./tree-view.tsx";

interface DetailProps {
  mutation: Mutation;
  log: MutationLog;
  now: number;
  close: () => void;
}

/** The chosen mutation: what it was called with, and what came of it. */
export function MutationDetail({ mutation, log, now, close }: DetailProps): JSX.Element {
  const { variables, context, data, error, status, failureCount } = mutation.state;
  // Colours of values.
  const { words } = standingOf(mutation, log, now);
  const parts = [
    { label: "variables", value: variables },
    ...(status === "success" ? [{ label: "data", value: data }] : []),
    ...(status === "error" ? [{ label: "error", value: error }] : []),
    ...(context === undefined ? [] : [{ label: "context", value: context }]),
  ];
  const notes = [
    words,
    mutation.scope && `scope ${mutation.scope.id}`,
    failureCount > 0 && plural(failureCount, "failed try", "failed tries"),
    effectOf(mutation, log),
  ];
  return (
    <Chosen
      what="mutation"
      label={mutation.mutationKey === undefined ? "mutation" : keyLabel(mutation.mutationKey)}
      note={notes.filter(Boolean).join(" · ")}
      close={close}
    >
      <ValueTree parts={parts} />
    </Chosen>
  );
}
