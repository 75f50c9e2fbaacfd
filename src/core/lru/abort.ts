import { MachoError } from "./errors.ts";

/** Why a signal was aborted. Hosts of before 2022, such as an older React Native, do not say: they get an AbortError. */
export function reasonOf({ reason }: AbortSignal): unknown {
  if (reason !== undefined) return reason as unknown;
  const error = new MachoError("aborted", "The load was aborted, by a signal that gives no reason.");
  return Object.assign(error, { name: "AbortError" });
}
