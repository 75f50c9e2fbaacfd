import { useState } from "react";
import { SWRConfig } from "swr";
import { load } from "./load";
import { Film } from "./film";
import { Settings } from "./settings";

export function App() {
  const [id, setId] = useState<number>();
  return (
    <SWRConfig value={{ fetcher: load, dedupingInterval: 1_000, shouldRetryOnError: false, revalidateOnFocus: false }}>
      <button type="button" onClick={() => setId(1)}>One</button>
      <button type="button" onClick={() => setId(2)}>Two</button>
      <Film id={id} />
      <Settings />
    </SWRConfig>
  );
}
