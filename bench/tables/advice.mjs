import { aim, aimsTable } from "./aims.mjs";

const points = (value) => value.toFixed(1);

const isClose = ({ advised }) => Math.abs(advised.promise - advised.outcome) <= 1;
const isWithin = ({ advised: { from, to, outcome } }) => outcome >= from && outcome <= to;
const loses = (advised) => advised !== null && advised.outcome <= -1;

function rowsOf(name, loads) {
  const share = (what, least, chosen, isGood) => {
    const good = chosen.filter(isGood).length;
    const measured = `${good} of ${chosen.length}, ${((100 * good) / chosen.length).toFixed(0)}%`;
    return aim(`${name}: ${what}`, `${least}%`, measured, 100 * good >= least * chosen.length);
  };
  const never = (what, found) => aim(`${name}: ${what}`, "never", `${found.length} times`, found.length === 0);
  const promised = loads.filter(({ advised }) => advised !== null);
  return [
    share("the headline is right", 95, loads, ({ isRight }) => isRight),
    share(
      "promise and outcome differ by at most a point, of loads that stay as they are",
      90,
      promised.filter(({ isStationary }) => isStationary),
      isClose,
    ),
    share("the outcome is within the range that was named", 90, promised, isWithin),
    never(
      "nothing to change, where a remedy gains 3 points",
      loads.filter(({ missed }) => missed !== null && missed.points >= 3),
    ),
    never(
      "a change that loses a point, of loads that stay as they are",
      loads.filter(({ isStationary, advised, second }) => isStationary && (loses(advised) || loses(second))),
    ),
  ];
}

/** What was aimed at for advice, over all loads, and over those that no threshold was chosen by. */
export function adviceAims({ loads }) {
  const heldOut = loads.filter(({ set }) => set === "held out");
  return aimsTable([...rowsOf("all", loads), ...rowsOf("held out", heldOut)]);
}

function cellsOf({ name, set, isStationary, headline, isRight, advised }) {
  const said = isRight ? headline : `**${headline}**`;
  const figures = advised
    ? [points(advised.promise), `${points(advised.from)} to ${points(advised.to)}`, points(advised.outcome)]
    : ["", "", ""];
  return [`${name}${isStationary ? "" : " (changes)"}`, set === "held out" ? "yes" : "", said, ...figures];
}

/** Each load, what was advised, and what came of it. */
export function adviceTable({ loads, hasTraces }) {
  const note = hasTraces ? "" : " The recorded traces were not there.";
  return [
    "| load | held out | advice | promised | range | outcome |",
    "|---|---|---|---:|---|---:|",
    ...loads.map((load) => `| ${cellsOf(load).join(" | ")} |`),
    "",
    `${loads.length} loads, in points of the hit ratio. Advice in bold is not what the load needs.${note}`,
  ].join("\n");
}
