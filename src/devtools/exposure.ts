import { register, type Request } from "./registry.ts";
import { type DevtoolsTarget, isClient } from "./source.ts";
import type { NamedTarget } from "./targets.ts";

/**
 * Has tools outside of the page find these targets. Their code is loaded when the first one asks. Returns the undo.
 * @param other the name of what has none; "" for what it is
 */
export function expose(targets: readonly NamedTarget[], other = ""): () => void {
  const nameOf = ({ name, target }: NamedTarget): string => name || other || (isClient(target) ? "client" : "cache");
  return register(
    targets.map((each) => ({ target: each.target, name: nameOf(each) })),
    answer,
  );
}

async function answer(target: DevtoolsTarget, request: Request): Promise<string> {
  try {
    const { answerRequest } = await import("./agent/answer.ts");
    return await answerRequest(target, request);
  } catch (error) {
    return JSON.stringify({ error: { code: "no-code", message: String(error) } });
  }
}
