const percent = (ratio) => (100 * ratio).toFixed(1);

export function policiesTable({ size, requests, loads }) {
  const policies = Object.keys(loads[0].hitRatios);
  const best = loads.map(({ hitRatios }) => Math.max(...Object.values(hitRatios)));
  const cell = ({ hitRatios }, policy, index) => {
    const text = percent(hitRatios[policy]);
    // What is as good as the best to half a point is the best.
    return hitRatios[policy] >= best[index] - 0.005 ? `**${text}**` : text;
  };
  return [
    `| hits in 100 requests | ${loads.map(({ name }) => name).join(" | ")} |`,
    `|---|${loads.map(() => "---:").join("|")}|`,
    ...policies.map((policy) => `| ${policy} | ${loads.map((each, index) => cell(each, policy, index)).join(" | ")} |`),
    "",
    `${requests.toLocaleString("en")} requests, ${size.toLocaleString("en")} entries; a get, and on a miss a set. Bold: within half a point of the best. \`npm run bench -- policies\` writes this table.`,
  ].join("\n");
}
