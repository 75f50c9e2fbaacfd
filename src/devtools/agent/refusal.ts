/** A request that cannot be fulfilled, in words for whoever asked. */
export class Refusal extends Error {}
