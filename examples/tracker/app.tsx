import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider } from "macho-cache/react";
import type { ReactElement } from "react";
import { client } from "./client.ts";
import { Board } from "./components/board.tsx";
import { LabBar } from "./components/lab-bar.tsx";

export function App(): ReactElement {
  return (
    <MachoProvider client={client}>
      <header className="top-bar">
        <h1>Issue tracker</h1>
        <LabBar />
      </header>
      <main>
        <Board />
      </main>
      <MachoDevtools name="Issue tracker" />
    </MachoProvider>
  );
}
