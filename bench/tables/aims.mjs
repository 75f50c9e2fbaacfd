/** One figure that was aimed at. */
export const aim = (what, aimedAt, measured, isReached) => ({ what, aimedAt, measured, isReached });

/** What was aimed at, and what came of it. */
export function aimsTable(rows) {
  return [
    "| | aim | measured | |",
    "|---|---|---|---|",
    ...rows.map(
      ({ what, aimedAt, measured, isReached }) =>
        `| ${what} | ${aimedAt} | ${measured} | ${isReached ? "reached" : "**not reached**"} |`,
    ),
  ].join("\n");
}
