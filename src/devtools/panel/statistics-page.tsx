/** @jsxImportSource preact */
import type { FunctionComponent, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Recording } from "../recording.ts";
import type { Sampler } from "../sampler.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Stories } from "../stories.ts";
import { GeneralPage } from "./general-page.tsx";
import { LatencyPage } from "./latency-page.tsx";
import { Guarded } from "./guarded.tsx";
import { LifespanPage } from "./lifespan-page.tsx";
import { RequestsPage } from "./requests-page.tsx";
import { Segments } from "./segments.tsx";
import type { PanelSetup } from "./setup.ts";

interface StatisticsProps {
  source: DevtoolsSource;
  sampler: Sampler;
  stories: Stories;
  recording: Recording;
  setup: Pick<PanelSetup, "change" | "settings">;
}

interface PartProps extends StatisticsProps {
  showFailed: () => void;
}

/** What Macho's own dashboard has, by its names. */
const PARTS: readonly { readonly name: string; readonly Part: FunctionComponent<PartProps> }[] = [
  { name: "General", Part: GeneralPage },
  { name: "Requests", Part: RequestsPage },
  { name: "Lifespan", Part: LifespanPage },
  { name: "Latency", Part: LatencyPage },
];

const CHOICES = PARTS.map(({ name }, index) => [index, name] as const);

/** All counters, as numbers, charts and distributions. */
export function StatisticsPage(props: StatisticsProps): JSX.Element {
  const [chosen, choose] = useState(0);
  const { Part } = PARTS[chosen]!;
  return (
    <div class="statistics">
      <Segments label="Statistics" choices={CHOICES} {...{ chosen, choose }} />
      <Guarded key={chosen}>
        {() => <Part {...props} showFailed={() => props.setup.change({ page: "loads" })} />}
      </Guarded>
    </div>
  );
}
