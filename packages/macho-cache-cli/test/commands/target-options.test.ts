import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { choiceOf } from "../../src/commands/target-options.ts";
import type { Terminal } from "../../src/terminal.ts";

/** What is noted beside the output when a host is named. */
function notedOf(host: string): string[] {
  const noted: string[] = [];
  const terminal = { note: (text: string) => void noted.push(text), colors: picocolors.createColors(false) };
  choiceOf({ host, target: "", timeout: 5_000 }, terminal as unknown as Terminal);
  return noted;
}

describe("--host", () => {
  test.each(["192.168.1.7", "example.com", "0.0.0.0", "127.0.0.1.example.com", "localhost.example.com", "::2"])(
    "warns of %s, which is not this machine",
    (host) => {
      expect(notedOf(host)).toEqual([
        `Warning: ${host} is not this machine. Whoever reaches that port controls the page or process, and what it sends is not encrypted.`,
      ]);
    },
  );

  test.each(["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]"])("is quiet about %s", (host) => {
    expect(notedOf(host)).toEqual([]);
  });
});
