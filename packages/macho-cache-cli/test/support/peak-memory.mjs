// Loaded into a process by --import: when it ends, it writes to the file of PEAK_MEMORY how many MB it took at most.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { PEAK_MEMORY } = process.env;
  if (PEAK_MEMORY) writeFileSync(PEAK_MEMORY, String(process.resourceUsage().maxRSS / 1_024));
});
