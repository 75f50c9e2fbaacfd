/** What sharing costs, in parts of the time that JSON.parse takes for the same answer. */
export function sharingTable({ environment, bytes, parse, ratios }) {
  const part = (ratio) => (ratio < 0.01 ? "under 0.01" : ratio.toFixed(2));
  return [
    "| an answer of 10,000 rows, of which | times its `JSON.parse` | aim |",
    "|---|---:|---:|",
    `| all are equal | ${part(ratios.equal)} | at most 2 |`,
    `| one row is another one | ${part(ratios["one row"])} | at most 2 |`,
    `| the same reference | ${part(ratios.same)} | nothing |`,
    "",
    `${(bytes / 1e6).toFixed(1)} MB of JSON, which take ${parse.toFixed(1)} ms to parse. Node ${environment.node}, ${environment.cpu}. \`npm run bench -- sharing\` writes this table.`,
  ].join("\n");
}
