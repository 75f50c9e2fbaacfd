import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import type { Controls } from "../../examples/ssr/server/api.ts";

const command = fileURLToPath(new URL("../../examples/ssr/start.mjs", import.meta.url));

/** What the example's server says of itself. */
export interface Stats {
  /** Questions to the API, from pages and from the server that renders them. */
  readonly total: number;
  readonly paths: Readonly<Record<string, number>>;
  /** Pages that are rendered, and so clients. */
  readonly pages: number;
  readonly timers: number;
}

/** The example of server rendering, built and served by its own command. */
export class SsrSite {
  readonly url: string;
  /** What the server wrote to its console. */
  readonly complaints: string[] = [];
  #process: ChildProcess;

  private constructor(url: string, server: ChildProcess) {
    this.url = url;
    this.#process = server;
    server.stderr?.on("data", (text) => this.complaints.push(String(text)));
  }

  static async start(): Promise<SsrSite> {
    const env = { ...process.env, PORT: "0" };
    const server = spawn(process.execPath, [command], { env, stdio: ["ignore", "pipe", "pipe"] });
    const [url] = (await once(createInterface(server.stdout), "line")) as [string];
    return new SsrSite(url, server);
  }

  async stats(): Promise<Stats> {
    return (await fetch(`${this.url}api/stats`)).json() as Promise<Stats>;
  }

  async control(controls: Partial<Controls>): Promise<void> {
    await fetch(`${this.url}api/controls`, { method: "POST", body: JSON.stringify(controls) });
  }

  /** Asks the server to stop. @returns its exit code, when nothing keeps it alive any more */
  async stop(): Promise<unknown> {
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    return (await exited)[0];
  }

  dispose(): void {
    this.#process.kill("SIGKILL");
  }
}

/** A response that is read as it comes. */
export class Stream {
  #chunks: ReadableStreamDefaultReader<string>;
  #controller = new AbortController();

  private constructor(body: ReadableStream<Uint8Array>, controller: AbortController) {
    this.#chunks = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    this.#controller = controller;
  }

  static async begin(address: string, visitor = "visitor"): Promise<Stream> {
    const controller = new AbortController();
    const headers = { cookie: `visitor=${encodeURIComponent(visitor)}` };
    const { body } = await fetch(address, { headers, signal: controller.signal });
    return new Stream(body!, controller);
  }

  /** Up to a text that the server sends without being asked for more. */
  async upTo(text: string): Promise<string> {
    let read = "";
    while (!read.includes(text)) {
      const { value, done } = await this.#chunks.read();
      if (done) throw new Error(`The response ended before ${text}.`);
      read += value;
    }
    return read;
  }

  async rest(): Promise<string> {
    let read = "";
    for (let chunk = await this.#chunks.read(); !chunk.done; chunk = await this.#chunks.read()) read += chunk.value;
    return read;
  }

  /** Leaves before the end. */
  abort(): void {
    this.#controller.abort();
  }
}

/** A tab, and what it complained about. */
export class Tab {
  readonly page: Page;
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, options?: BrowserContextOptions): Promise<Tab> {
    const context = await browser.newContext(options);
    return new Tab(await context.newPage());
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
