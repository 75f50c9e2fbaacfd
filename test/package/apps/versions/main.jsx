import { MachoProvider, useCachedQuery, useQueryClient } from "macho-cache/react";
import { StrictMode, useState, version } from "react";
import { mount } from "./mount.jsx";

/** What was asked, and how to answer it; the test drives it. */
window.requests = [];
let count = 0;
window.renders = () => count;

function load(key, { signal }) {
  return new Promise((answer, fail) => window.requests.push({ key, signal, answer, fail }));
}

function Film({ id }) {
  const { data, status, isFetching } = useCachedQuery(["film", id], load, { staleTime: 60_000, retry: false });
  count++;
  return <p>{`film ${id}: ${status} ${isFetching ? "fetching" : "idle"} ${data ?? ""}`}</p>;
}

function App() {
  const [id, setId] = useState(1);
  const [shown, show] = useState(true);
  const client = useQueryClient();
  return (
    <>
      <button onClick={() => setId(id + 1)}>Next</button>
      <button onClick={() => setId(id - 1)}>Back</button>
      <button onClick={() => show(!shown)}>Toggle</button>
      <button onClick={() => client.removeQueries(["film", id])}>Remove</button>
      {shown && <Film id={id} />}
      {shown && <Film id={id} />}
      <footer>React {version}</footer>
    </>
  );
}

mount(
  <StrictMode>
    <MachoProvider>
      <App />
    </MachoProvider>
  </StrictMode>,
);
