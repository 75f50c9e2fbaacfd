import { guarded } from "../../core/internal.ts";

/**
 * What a function among a hook's options says. What it throws is reported to the host, as what a listener throws: it
 * must not keep other hooks from their news. Then it says `instead`.
 */
export function asked<V>(ask: () => V, instead: V): V {
  let answer = instead;
  guarded(() => {
    answer = ask();
  });
  return answer;
}
