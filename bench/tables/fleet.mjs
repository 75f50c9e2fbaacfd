import { fleetTable } from "../../examples/fleet/table.mjs";

/** The table of the example, with what it was measured on. */
export function fleetResults({ environment, rounds, ...measured }) {
  const { node, cpu, redis } = environment;
  return `${fleetTable(measured)} Of ${rounds} rounds, each row is that with the least p99. Node ${node}, Redis ${redis}, ${cpu}. \`npm run bench -- fleet\` writes this table.`;
}
