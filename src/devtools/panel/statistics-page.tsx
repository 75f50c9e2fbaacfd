/** @jsxImportSource preact */
import type { FunctionComponent, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Recording } from "../recording.ts";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Stories } from "../stories.ts";
import { generalPage } from "./general-page.tsx";
import { latencyPage } from "./latency-page.tsx";
import { Guarded } from "./guarded.tsx";
import type { PageCode } from "./lazy-page.tsx";
import { lifespanPage } from "./lifespan-page.tsx";
import { requestsPage } from "./requests-page.tsx";
import type { PanelSetup } from "./setup.ts";

interface StatisticsProps {
  source: DevtoolsSource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  setup: Pick<PanelSetup, "change">;
}

interface PartProps extends StatisticsProps {
  showFailed: () => void;
}

/** What Macho's own dashboard has, by its names. */
const PARTS: readonly { readonly name: string; readonly Part: FunctionComponent<PartProps> }[] = [
  { name: "General", Part: generalPage.Page },
  { name: "Requests", Part: requestsPage.Page },
  { name: "Lifespan", Part: lifespanPage.Page },
  { name: "Latency", Part: latencyPage.Page },
];

/** All counters, as numbers, charts and distributions. */
function StatisticsPage(props: StatisticsProps): JSX.Element {
  const [chosen, choose] = useState(0);
  const { Part } = PARTS[chosen]!;
  return (
    <div class="statistics">
      <div class="segments" role="group" aria-label="Statistics">
        {PARTS.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            id={`part-${name.toLowerCase()}`}
            class="segment"
            aria-pressed={index === chosen}
            onClick={() => choose(index)}
          >
            {name}
          </button>
        ))}
      </div>
      <Guarded key={chosen}>
        {() => <Part {...props} showFailed={() => props.setup.change({ page: "loads" })} />}
      </Guarded>
    </div>
  );
}

const STYLES = [generalPage, requestsPage, lifespanPage, latencyPage].map(({ style }) => style);

export const statisticsPage: PageCode<StatisticsProps> = {
  Page: StatisticsPage,
  style: [...new Set(STYLES)].join(""),
};
