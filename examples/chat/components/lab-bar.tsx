import { useCachedMutation, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { cutConnection, fetchLab, labKey, sendLab } from "../api.ts";
import type { Settings } from "../server/model.ts";

/** What can be tried: the moods of the model and of the network. */
export function LabBar(): ReactElement {
  const { data: settings } = useCachedQuery(labKey, fetchLab);
  const { mutate: change } = useCachedMutation<Settings, Partial<Settings>>({
    mutationFn: sendLab,
    onSuccess: (changed, _change, _context, { client }) => client.setQueryData(labKey, changed),
  });
  return (
    <section className="lab-bar" aria-label="Try it out">
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={settings?.slow ?? false}
          onChange={(event) => change({ slow: event.target.checked })}
        />
        Slow model
      </label>
      <button type="button" onClick={() => void cutConnection()}>
        Cut the connection
      </button>
    </section>
  );
}
