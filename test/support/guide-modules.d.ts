declare module "virtual:guide/encryption/encryption" {
  import type { Codec } from "macho-cache/persist";

  // As docs/encryption.md has it.
  export function encryptionOf(scope: string): Codec;
  export function dropKey(scope: string): Promise<undefined>;
}

declare module "virtual:guide/from-apollo/entities" {
  // As docs/from-apollo.md has it.
  export function entitiesOf(data: unknown): string[];
  export function withEntity<T>(data: T, entity: { __typename: string; id: string | number }): T;
}

declare module "virtual:guide/*" {
  export interface Example {
    readonly page: string;
    readonly line: number;
    readonly code: string;
    readonly run: () => Promise<unknown>;
  }
  /** The examples of a guide that run in one place. */
  export const examples: readonly Example[];
}
