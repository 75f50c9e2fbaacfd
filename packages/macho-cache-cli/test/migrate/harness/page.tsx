// An app in a DOM with a server of its own: what is clicked, what is seen, what was asked of the server.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ComponentType } from "react";
import { renderToString } from "react-dom/server";
import { expect, vi } from "vitest";
import type { Backend } from "./scenarios.tsx";

/** An app as its files export it. */
export interface AppModule {
  readonly App: ComponentType<{ state?: unknown }>;
  /** What a server does before it renders. */
  readonly prepare?: () => Promise<unknown>;
}

/** What was seen and asked. */
export interface Observed {
  readonly texts: string[];
  readonly requests: string[];
}

/** More tasks than an answer leads to, the frame that SWR waits for included. */
const TASKS_OF_AN_ANSWER = 25;

async function tasks(count: number): Promise<void> {
  for (let task = 0; task < count; task++) await new Promise((resolve) => setTimeout(resolve, 0));
}

export class Page implements Observed {
  readonly texts: string[] = [];
  readonly requests: string[] = [];
  #app: AppModule;
  #backend: Backend;
  #waiting = 0;
  #gate: Promise<void> | undefined;
  #open = (): void => undefined;
  #root: HTMLElement | undefined;

  constructor(app: AppModule, backend: Backend) {
    this.#app = app;
    this.#backend = backend;
    vi.stubGlobal("fetch", (input: string, init?: RequestInit) => this.#fetch(input, init));
    if (!app.prepare) this.#root = render(<app.App />).container;
  }

  /** Waits for a text, and for all answers; notes all of the text then. */
  async shows(text: string, { whileHeld = false }: { whileHeld?: boolean } = {}): Promise<void> {
    await waitFor(() => {
      expect(this.#root?.textContent).toContain(text);
      if (!whileHeld) expect(this.#waiting).toBe(0);
    });
    this.texts.push(this.#root!.textContent);
  }

  /** Requests are not answered until `release`. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  release(): void {
    this.#gate = undefined;
    this.#open();
  }

  click(name: string | RegExp): void {
    fireEvent.click(screen.getByRole("button", { name }));
  }

  hover(name: string): void {
    fireEvent.mouseEnter(screen.getByRole("button", { name }));
  }

  type(label: string, value: string): void {
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
  }

  note(text: string): void {
    this.texts.push(text);
  }

  /** Renders on a server what `prepare` loaded, and hydrates it here. */
  async serverHtml(): Promise<string> {
    const { App, prepare } = this.#app;
    // As it arrives: plain data.
    const state = JSON.parse(JSON.stringify(await prepare!())) as unknown;
    const html = renderToString(<App state={state} />);
    const container = document.createElement("div");
    container.innerHTML = html;
    document.body.append(container);
    this.requests.push("--- page");
    this.#root = render(<App state={state} />, { container, hydrate: true }).container;
    return html;
  }

  close(): void {
    cleanup();
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  }

  async #fetch(path: string, { method = "GET", body, signal }: RequestInit = {}): Promise<Response> {
    this.requests.push(`${method} ${path}${typeof body === "string" ? ` ${body}` : ""}`);
    this.#waiting++;
    try {
      await this.#gate;
      await new Promise((resolve) => setTimeout(resolve, 1));
      signal?.throwIfAborted();
      const answer = this.#backend(method, path, typeof body === "string" ? body : "");
      if ("status" in answer) return new Response("", { status: answer.status });
      const text =
        typeof answer.body === "string" && !path.startsWith("/api/directors")
          ? answer.body
          : JSON.stringify(answer.body);
      return new Response(text);
    } finally {
      // An answer leads to renders and further requests, each in a task of its own.
      void tasks(TASKS_OF_AN_ANSWER).then(() => this.#waiting--);
    }
  }
}
