/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Mutation } from "../../query/index.ts";
import type { MutationLog } from "../mutation-log.ts";
import { clockTime, count } from "./format.ts";
import { effectOf, nameOf, standingOf } from "./mutation-words.ts";

interface CardProps {
  log: MutationLog;
  now: number;
  chosen: Mutation | undefined;
  choose: (mutation: Mutation) => void;
}

/** The mutations of a client, the latest first: where each stands, and what was seen of its effect. */
export function MutationsCard({ log, now, chosen, choose }: CardProps): JSX.Element {
  const { mutations } = log;
  return (
    <section class="card mutations" aria-label="Mutations">
      <header class="card-head">
        <h3>
          Mutations <span class="note">{mutations.length > 0 && count(mutations.length)}</span>
        </h3>
      </header>
      {mutations.length === 0 && <p class="card-empty">No mutation was called.</p>}
      <ul class="load-list">
        {mutations.map((mutation) => {
          const { kind, sign, words } = standingOf(mutation, log, now);
          return (
            <li key={mutation}>
              <button type="button" aria-pressed={mutation === chosen} onClick={() => choose(mutation)}>
                <span class="note">{clockTime(mutation.state.submittedAt)}</span>
                <code>{nameOf(mutation)}</code>
                <span class={`standing ${kind}`}>
                  <span aria-hidden="true">{sign}</span> {words}
                </span>
                <span class="note">{effectOf(mutation, log)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
