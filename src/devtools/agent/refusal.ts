/** A request that cannot be fulfilled, in words for whoever asked. */
export class Refusal extends Error {}

/** A request that means nothing, or several things: whoever asks has to say it in other words. */
export class Unclear extends Refusal {}
