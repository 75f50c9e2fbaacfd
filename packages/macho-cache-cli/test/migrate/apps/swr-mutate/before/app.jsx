import { SWRConfig } from "swr";
import { fetcher } from "./fetcher";
import { Notes } from "./notes";
import { Count } from "./count";

// Everything is loaded by one fetcher.
export default function App() {
  return (
    <SWRConfig value={{ fetcher, revalidateOnFocus: false, shouldRetryOnError: false }}>
      <Count />
      <Notes />
    </SWRConfig>
  );
}
