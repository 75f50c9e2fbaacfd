/** What a comment says of a name or of a member. */
export interface Said {
  readonly name: string;
  readonly kind: string;
  /** Each declaration or signature. */
  readonly code: readonly string[];
  readonly words: string;
  readonly standard?: string;
  readonly since?: string;
  readonly throws: readonly string[];
}

export interface Member extends Said {
  readonly isOptional: boolean;
  /** The public name that it comes from. */
  readonly from?: { readonly name: string };
}

export interface PublicName extends Said {
  readonly members: readonly Member[];
}

export interface Entry {
  readonly entry: string;
  readonly page: string;
  readonly words: string;
  readonly since?: string;
  readonly names: readonly PublicName[];
  readonly others: readonly { readonly name: string; readonly page: string; readonly anchor: string }[];
}

/** Every public name by entry, with what its comment says. */
export function referenceModel(): Entry[];
