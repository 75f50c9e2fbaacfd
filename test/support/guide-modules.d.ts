declare module "virtual:guide/*" {
  /** The examples of docs/testing.md that run here. */
  export const examples: readonly { readonly line: number; readonly run: () => Promise<unknown> }[];
}
