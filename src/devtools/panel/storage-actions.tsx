/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { TierView } from "../../core/lru/tier.ts";
import { ConfirmButton } from "./confirm-button.tsx";
import { clockTime, count, plural } from "./format.ts";
import { errorWords } from "./guarded.tsx";

/** What is done with a store, and what came of it. */
interface Work {
  readonly isBusy: boolean;
  readonly said: string;
}

/** By the cache: pages come and go while it is done. */
const works = new WeakMap<object, Work>();

interface ActionsProps {
  /** The cache or the client. */
  target: object;
  view: TierView | undefined;
  /** Entries of the store, where that is known, and of memory. */
  stored: number | undefined;
  inMemory: number;
}

/** Brings what is stored into memory, or removes it from both. One at a time, as they are of the same entries. */
export function StorageActions({ target, view, stored, inMemory }: ActionsProps): JSX.Element {
  const [, again] = useState(0);
  const { isBusy, said } = works.get(target) ?? { isBusy: false, said: "" };
  const tell = (work: Work): void => {
    works.set(target, work);
    again((turn) => turn + 1);
  };
  const perform = async (name: string, doing: string, run: () => Promise<string>): Promise<void> => {
    tell({ isBusy: true, said: `${doing}…` });
    const outcome = await run().catch((error: unknown) => `${name} failed: ${errorWords(error)}`);
    tell({ isBusy: false, said: `${clockTime(Date.now())}: ${outcome}` });
  };
  const restore = async (): Promise<string> => `restored ${plural(await view!.restore(), "entry", "entries")}`;
  const purge = async (): Promise<string> => {
    await view!.purge();
    return "purged";
  };
  const what = `${stored === undefined ? "all" : count(stored)} stored, ${count(inMemory)} in memory`;
  const disabled = isBusy || !view;
  return (
    <>
      <p class="note said" role="status">
        {said}
      </p>
      <div class="actions">
        <button
          type="button"
          class="small-button"
          title="Brings what is stored into memory, as far as there is room"
          disabled={disabled}
          onClick={() => void perform("Restore", "Restoring", restore)}
        >
          Restore
        </button>
        <ConfirmButton
          label="Purge"
          question={`Purge ${what}?`}
          disabled={disabled}
          confirm={() => void perform("Purge", "Purging", purge)}
        />
      </div>
    </>
  );
}
