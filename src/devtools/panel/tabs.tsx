/** @jsxImportSource preact */
import type { JSX, TargetedKeyboardEvent } from "preact";
import type { PageName } from "../settings.ts";

const PAGES: readonly { name: PageName; label: string }[] = [
  { name: "requests", label: "Requests" },
  { name: "entries", label: "Entries" },
];

/** The two pages. One tab is in the tab order; arrows, Home and End go between them. */
export function Tabs({ page, choose }: { page: PageName; choose: (page: PageName) => void }): JSX.Element {
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const next = neighbour(page, event.key);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    event.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Pages" onKeyDown={onKeyDown}>
      {PAGES.map(({ name, label }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          class="tab"
          aria-selected={name === page}
          aria-controls={name === page ? `page-${name}` : undefined}
          tabIndex={name === page ? 0 : -1}
          onClick={() => choose(name)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

function neighbour(page: PageName, key: string): PageName | undefined {
  const index = PAGES.findIndex(({ name }) => name === page);
  const moves: Record<string, number> = {
    ArrowRight: (index + 1) % PAGES.length,
    ArrowLeft: (index + PAGES.length - 1) % PAGES.length,
    Home: 0,
    End: PAGES.length - 1,
  };
  return PAGES[moves[key] ?? -1]?.name;
}
