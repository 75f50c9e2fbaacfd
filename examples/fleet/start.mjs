// Two servers behind one port, with a Redis that is held, ended and started again: node examples/fleet/start.mjs.
// SECONDS is how long each row of the table takes, 5 by default.
import { build } from "./build.mjs";
import { fleetTable } from "./table.mjs";

const seconds = Number(process.env.SECONDS ?? 5);
if (!(seconds > 0)) {
  console.error(`SECONDS must be a number above 0, got ${process.env.SECONDS}.`);
  process.exit(1);
}
try {
  const { measure } = await build();
  const measured = await measure(seconds, ({ redis, lock, loads }) => {
    console.error(`Redis ${redis}${lock ? ", lock" : ""}: ${loads} loads`);
  });
  console.log(fleetTable(measured));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
