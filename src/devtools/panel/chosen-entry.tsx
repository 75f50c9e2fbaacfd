/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EntryRow, EntrySource } from "../entry-source.ts";
import type { RowAction } from "../row-action.ts";
import type { Recording } from "../recording.ts";
import type { Sampler } from "../sampler.ts";
import { sameKey } from "../source.ts";
import type { Stories } from "../stories.ts";
import { shardOf } from "./departure-reason.ts";
import { DepartedPane } from "./entry-departed.tsx";
import { EntryDetailPane } from "./entry-detail.tsx";
import { toldLabel } from "./told.ts";

interface ChosenProps {
  source: EntrySource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  /** The row as it was chosen. */
  chosen: EntryRow;
  act: (action: RowAction, row: EntryRow) => void;
  perform: (name: string, run: () => string) => void;
  say: (words: string) => void;
  tellLeft: (words: string) => void;
  close: () => void;
}

/** The chosen entry as it is now, or how it left. */
export function ChosenEntry(props: ChosenProps): JSX.Element {
  const { source, sampler, stories, recording, chosen, act, perform, say, tellLeft, close } = props;
  const row = source.row(chosen.id);
  const serial = useSerial(chosen.id);
  const hasLeft = row === undefined;
  const departure = hasLeft ? stories.departureOf(chosen.id) : undefined;
  useEffect(() => {
    if (hasLeft) tellLeft(`${toldLabel(chosen)} has left: ${departure?.cause ?? "unseen"}`);
  }, [hasLeft, serial]);
  if (row) return <EntryDetailPane key={serial} {...{ source, recording, row, act, perform, say, close }} />;
  return (
    <DepartedPane
      key={serial}
      recording={recording}
      kind={source.kind}
      row={chosen}
      departure={departure}
      metrics={departure && sampler.metrics}
      shard={shardOf(recording.source, chosen.id)}
      say={say}
      close={close}
    />
  );
}

/** Another number for each other key. Preact compares its own keys by `==`, which would run code of the user's. */
function useSerial(id: unknown): number {
  const last = useRef({ id, serial: 0 }).current;
  if (!sameKey(last.id, id)) Object.assign(last, { id, serial: last.serial + 1 });
  return last.serial;
}
