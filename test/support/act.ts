import { act as actOfReact } from "react";

/** Where React looks for the word of a test that it uses `act`. */
const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };

/** `act` of React, which complains unless a test says that it is one. What happens outside of it is told as in a page. */
export async function act<R>(run: () => R): Promise<Awaited<R>> {
  const before = environment.IS_REACT_ACT_ENVIRONMENT ?? false;
  environment.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    return await actOfReact(async () => run());
  } finally {
    environment.IS_REACT_ACT_ENVIRONMENT = before;
  }
}
