import { IDBFactory } from "fake-indexeddb";

/** What an `open` does: it works, says that the store is broken, says nothing, or says that there is a newer version. */
export type OpenFault = "works" | "broken" | "hangs" | "newer";

const NAMES = { broken: "UnknownError", newer: "VersionError" };

/** An IndexedDB in memory that notes what it is asked, and fails when a test says so. */
export class FaultyFactory {
  readonly inner: IDBFactory = new IDBFactory();
  readonly calls: string[] = [];
  /** The handles that were given. */
  readonly handles: IDBDatabase[] = [];
  fault: OpenFault = "works";
  /** Answers the calls of `open` that hang. */
  readonly answers: (() => void)[] = [];

  open(name: string, version: number): IDBOpenDBRequest {
    this.calls.push(`open ${name} ${version}`);
    if (this.fault === "works") return this.#open(name, version);
    const request: EventTarget & { result?: IDBDatabase; error?: DOMException } = new EventTarget();
    if (this.fault === "hangs") {
      this.answers.push(() => {
        const late = this.#open(name, version);
        late.addEventListener("success", () => {
          request.result = late.result;
          request.dispatchEvent(new Event("success"));
        });
      });
    } else {
      request.error = new DOMException("This is planned.", NAMES[this.fault]);
      queueMicrotask(() => request.dispatchEvent(new Event("error")));
    }
    return request as unknown as IDBOpenDBRequest;
  }

  deleteDatabase(name: string): IDBOpenDBRequest {
    this.calls.push(`delete ${name}`);
    return this.inner.deleteDatabase(name);
  }

  #open(name: string, version: number): IDBOpenDBRequest {
    const request = this.inner.open(name, version);
    request.addEventListener("success", () => this.handles.push(request.result));
    return request;
  }
}
