import { QueryClient, type QueryOptions } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { Component, type ReactElement, type ReactNode } from "react";
import { act } from "./act.ts";
import { Backend } from "./backend.ts";
import { cacheWith } from "./cache-kind.ts";
import { expectComplaint } from "./complaints.ts";
import { settled } from "./deferred.ts";
import { ManualClock } from "./manual-clock.ts";

/** A client, what its fetchers ask, its time, and what its components rendered. */
export class Page {
  readonly clock: ManualClock = new ManualClock();
  readonly backend: Backend = new Backend();
  readonly renders: string[] = [];
  readonly client: QueryClient;

  constructor(queries: QueryOptions = { retry: false }) {
    this.client = new QueryClient({ cache: cacheWith({ clock: this.clock }), defaultOptions: { queries } });
  }

  readonly app = (children: ReactNode): ReactElement => <MachoProvider client={this.client}>{children}</MachoProvider>;

  /** Answers the newest request. */
  answer(value: unknown, index: number = this.backend.count - 1): Promise<void> {
    return act(() => this.backend.answer(index, value));
  }

  /** Lets the newest request fail. */
  fail(reason: unknown, index: number = this.backend.count - 1): Promise<void> {
    return act(() => this.backend.fail(index, reason));
  }

  later(ms: number): Promise<void> {
    return act(async () => {
      this.clock.advance(ms);
      await settled();
    });
  }

  /** A component that shows and notes a text. */
  note(text: string): ReactElement {
    this.renders.push(text);
    return <p>{text}</p>;
  }

  /** Shows data, status and whether it loads. */
  readonly Film = ({ id = "1", options }: { id?: string; options?: QueryOptions }): ReactElement => {
    const { data, status, isFetching } = useCachedQuery([id], this.backend.fetcher, options);
    return this.note(`${String(data)} ${status} ${isFetching ? "fetching" : "idle"}`);
  };
}

/** Shows what a component below has thrown, and a button that tries again. */
export class Boundary extends Component<{ children: ReactNode; onReset?: () => void }, { failed: unknown }> {
  override state = { failed: undefined as unknown };
  static getDerivedStateFromError(failed: unknown): { failed: unknown } {
    return { failed };
  }
  override componentDidCatch(): void {
    expectComplaint();
  }
  override render(): ReactNode {
    const { failed } = this.state;
    if (failed === undefined) return this.props.children;
    const retry = (): void => {
      this.props.onReset?.();
      this.setState({ failed: undefined });
    };
    return <button onClick={retry}>failed: {(failed as Error).message}</button>;
  }
}
