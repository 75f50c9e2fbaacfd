/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { count } from "./format.ts";
import { PAGE_NAMES, type PageName } from "../settings.ts";

interface TabsProps {
  page: PageName;
  choose: (page: PageName) => void;
  /** Loads that failed since counting began. */
  failed: number;
  /** Whether there is a slower store behind the cache. */
  hasTier: boolean;
}

/** CSS pixels that are seen of the tab before the chosen one. */
const PEEK = 32;

/** The pages. One tab is in the tab order; arrows, Home and End go between them. */
export function Tabs({ page, choose, failed, hasTier }: TabsProps): JSX.Element {
  // A page that is shown keeps its tab, also when its subject goes.
  const names = PAGE_NAMES.filter((name) => name !== "storage" || hasTier || page === name);
  const list = useRef<HTMLDivElement>(null);
  // Where they have no room, they scroll. The page of the app must not, so that it is not left to the browser.
  useEffect(() => {
    const tabs = list.current!;
    tabs.scrollLeft = tabs.querySelector<HTMLElement>(`#tab-${page}`)!.offsetLeft - PEEK;
  }, [page]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const next = neighbour(names, page, event.key);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div ref={list} class="tabs" role="tablist" aria-label="Pages" onKeyDown={onKeyDown}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          class="tab"
          title={name === "loads" && failed > 0 ? `${count(failed)} failed` : undefined}
          aria-selected={name === page}
          aria-controls={name === page ? `page-${name}` : undefined}
          tabIndex={name === page ? 0 : -1}
          onClick={() => choose(name)}
        >
          {name.charAt(0).toUpperCase() + name.slice(1)}
          {name === "memory" && <span class="tab-more">&nbsp;& shards</span>}
          {name === "loads" && failed > 0 && <span class="failed-loads"> {count(failed)}</span>}
        </button>
      ))}
    </div>
  );
}

function neighbour(names: readonly PageName[], page: PageName, key: string): PageName | undefined {
  const index = names.indexOf(page);
  const moves: Record<string, number> = {
    ArrowRight: (index + 1) % names.length,
    ArrowLeft: (index + names.length - 1) % names.length,
    Home: 0,
    End: names.length - 1,
  };
  return names[moves[key] ?? -1];
}
