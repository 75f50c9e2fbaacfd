// The longest task of a page's main thread, from the browser's own record of what it ran.

const CATEGORIES = ["disabled-by-default-devtools.timeline", "devtools.timeline"];
const MARK = "what is measured begins";

/** Records while `act` runs. Resolves to ms. */
export async function longestTask(session, page, act) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  session.on("Tracing.dataCollected", collect);
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES },
  });
  await page.evaluate((mark) => console.timeStamp(mark), MARK);
  await act();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  session.off("Tracing.dataCollected", collect);
  const mark = events.find(({ name, args }) => name === "TimeStamp" && args.data?.message === MARK);
  if (!mark) throw new Error("The browser recorded nothing of the page.");
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      name === "RunTask" && ph === "X" && pid === mark.pid && tid === mark.tid && ts > mark.ts,
  );
  if (tasks.length === 0) throw new Error("The browser recorded no task of the page.");
  return Math.max(...tasks.map(({ dur }) => dur)) / 1_000;
}
