import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { run } from "../program.ts";
import { createServer, type ServerManner } from "./server.ts";

/** Speaks with an assistant over this process's input and output until the input ends. */
export async function serve(manner: Omit<ServerManner, "run">): Promise<void> {
  const server = createServer({ ...manner, run });
  const ended = new Promise<void>((end) => {
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the one way that it has
    server.server.onclose = end;
    process.stdin.once("end", end);
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
}
