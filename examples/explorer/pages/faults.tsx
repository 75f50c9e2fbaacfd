import { MachoDevtools } from "macho-cache/devtools";
import { type ReactElement, useState } from "react";
import { Switch } from "../components/switch.tsx";
import { FAULTS } from "../faults/all.ts";
import type { Fault } from "../faults/fault.ts";
import { useLook, useVisitors } from "../faults/visitors.ts";
import { faultHref } from "../router.ts";

/** Small apps with something wrong about their cache: the panel is to say what, and the switch mends it. */
export function FaultsPage({ id }: { id: string }): ReactElement {
  const fault = FAULTS.find((each) => each.id === id) ?? FAULTS[0];
  const [isMended, setMended] = useState(false);
  return (
    <>
      <title>{`${fault.title} - Planted faults`}</title>
      <h1>Planted faults</h1>
      <p className="lead">
        Each of these apps uses its cache in a way that keeps the hit ratio low. The panel says why, and what to change.
      </p>
      <nav className="faults" aria-label="Faults">
        {FAULTS.map((each) => (
          <a key={each.id} href={faultHref(each.id)} aria-current={each === fault ? "page" : undefined}>
            {each.title}
          </a>
        ))}
      </nav>
      <section className="fault" aria-labelledby="fault">
        <h2 id="fault">{fault.title}</h2>
        <p>{fault.story}</p>
        <pre>
          <code>{isMended ? fault.right : fault.wrong}</code>
        </pre>
        <Switch label={fault.remedy} checked={isMended} onChange={setMended} />
        <App key={`${fault.id} ${isMended}`} fault={fault} isMended={isMended} />
      </section>
    </>
  );
}

/** The app with the fault, from its start on: other options are another cache. */
function App({ fault, isMended }: { fault: Fault; isMended: boolean }): ReactElement {
  const [app] = useState(() => fault.start(isMended));
  useVisitors(app);
  const { lookups, hitRatio } = useLook(app);
  return (
    <>
      <dl className="facts">
        <div>
          <dt>Hit ratio of the last two seconds</dt>
          <dd data-testid="hit-ratio">{hitRatio === null ? "–" : `${(100 * hitRatio).toFixed(1)}%`}</dd>
        </div>
        <div>
          <dt>Look-ups</dt>
          <dd data-testid="lookups">{lookups.toLocaleString("en")}</dd>
        </div>
      </dl>
      <MachoDevtools
        initialIsOpen
        name="Planted faults"
        client={app.client}
        cache={app.client ? undefined : app.cache}
      />
    </>
  );
}
