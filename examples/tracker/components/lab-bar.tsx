import { useCachedMutation, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { fetchLab, labKey, sendLab } from "../api.ts";
import { pretendOffline, useIsOffline } from "../network.ts";
import type { Settings } from "../server/lab.ts";

/** What can be tried: the moods of the server and of the network. */
export function LabBar(): ReactElement {
  // "always": these work also while the page pretends to be offline.
  const { data: settings } = useCachedQuery(labKey, fetchLab, { networkMode: "always", staleTime: Infinity });
  const { mutate: change } = useCachedMutation<Settings, Partial<Settings>>({
    networkMode: "always",
    mutationFn: sendLab,
    onSuccess: (changed, _change, _context, { client }) => client.setQueryData(labKey, changed),
  });
  const isOffline = useIsOffline();
  return (
    <section className="lab-bar" aria-label="Try it out">
      <Switch label="Slow server" isOn={settings?.slow ?? false} onChange={(slow) => change({ slow })} />
      <Switch
        label="Refuse the next move"
        isOn={settings?.refusesNext ?? false}
        onChange={(refusesNext) => change({ refusesNext })}
      />
      <Switch label="Offline" isOn={isOffline} onChange={pretendOffline} />
    </section>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Switch({ label, isOn, onChange }: SwitchProps): ReactElement {
  return (
    <label>
      <input type="checkbox" role="switch" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
