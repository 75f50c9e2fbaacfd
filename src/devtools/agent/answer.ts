import type { Request } from "../registry.ts";
import type { DevtoolsTarget } from "../source.ts";
import { OPERATIONS } from "./operations.ts";
import type { AnswerError } from "./protocol.ts";
import { Refusal, Unclear } from "./refusal.ts";
import { encode } from "./wire.ts";

/** Each checks what it was sent: the command may be of another version. */
const BY_NAME = new Map(Object.entries(OPERATIONS)) as Map<string, (target: DevtoolsTarget, request: never) => unknown>;

/** Answers a request about a target by JSON text: `{ answer }` or `{ error }`. Never rejects. */
export async function answerRequest(target: DevtoolsTarget, request: Request): Promise<string> {
  try {
    const run = BY_NAME.get(request.operation);
    if (!run) return failure({ code: "no-operation" });
    return encode({ answer: await run(target, request as never) });
  } catch (error) {
    if (error instanceof Unclear) return failure({ code: "unclear", message: error.message });
    if (error instanceof Refusal) return failure({ code: "refused", message: error.message });
    return failure({ code: "failed", message: String(error) });
  }
}

function failure(error: AnswerError): string {
  return encode({ error });
}
