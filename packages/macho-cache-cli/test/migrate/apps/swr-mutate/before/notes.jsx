import useSWR, { useSWRConfig } from "swr";
import { post } from "./fetcher";
import { Editor } from "./editor";

export function Notes() {
  const { data: notes, error, isLoading } = useSWR("/api/notes");
  const { mutate } = useSWRConfig();

  async function add(text) {
    // Shown at once, without loading.
    mutate("/api/notes", (old) => [...old, { id: 0, text }], { revalidate: false });
    await post("/api/notes", { text });
    mutate("/api/notes");
    mutate((key) => typeof key === "string" && key.startsWith("/api/count"));
  }

  if (error) return <p>{error.message}</p>;
  if (isLoading) return <p>Loading notes</p>;
  return (
    <div>
      {notes.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
      <Editor onSave={add} />
    </div>
  );
}
