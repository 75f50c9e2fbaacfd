import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider } from "macho-cache/react";
import type { ReactElement } from "react";
import { client } from "./client.ts";
import { Conversation } from "./components/conversation.tsx";
import { ConversationList } from "./components/conversation-list.tsx";
import { LabBar } from "./components/lab-bar.tsx";
import { useCurrent } from "./current.ts";

export function App(): ReactElement {
  const current = useCurrent();
  return (
    <MachoProvider client={client}>
      <header className="top-bar">
        <h1>Chat</h1>
        <LabBar />
      </header>
      <ConversationList current={current} />
      <main>
        <Conversation key={current} id={current} />
      </main>
      <MachoDevtools name="Chat" corner="top-end" />
    </MachoProvider>
  );
}
