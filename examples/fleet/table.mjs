/** What was measured, as a table. @param {import("./main.ts").Measured} measured */
export function fleetTable({ servers, originMs, films, rate, seconds, rows }) {
  const ms = (/** @type {number} */ time) => (time < 10 ? time.toFixed(1) : time.toFixed(0));
  const line = (/** @type {import("./main.ts").Row} */ row) => {
    const redis = row.redis === "none" ? "none" : `${row.redis}${row.lock ? ", `lock`" : ""}`;
    const cells = [redis, row.requests, row.failed, row.loads, ms(row.p50), ms(row.p99), ms(row.longest)];
    return `| ${cells.join(" | ")} |`;
  };
  return [
    "| Redis | requests | failed | loads | p50 ms | p99 ms | longest ms |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...rows.map(line),
    "",
    `${servers} servers, ${rate} requests a second for ${films} films, ${seconds} s a row. A film is fresh for 1 s, and the origin takes ${originMs} ms.`,
  ].join("\n");
}
