import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./styles.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element with the id root.");

// Without StrictMode, which runs effects twice: each widget counts how often it was drawn.
createRoot(root).render(<App />);
