import { guarded } from "../../core/lru/internal.ts";

/** Makes data of what is beneath it and of what is committed. `undefined` leaves what is beneath. */
type Change = (beneath: unknown, committed: unknown) => unknown;

/** What a call shows or brings: a value, whatever is beneath it, or a function of that. */
export type Effect = { readonly value: unknown } | { readonly change: Change };

/** One call, in the order of calls. */
interface Layer {
  readonly call: object;
  readonly effect: Effect | undefined;
  /** It has landed, and waits for calls before it. Otherwise its effect is only hoped for. */
  readonly isOver: boolean;
  /** What its effect was applied to, and what came of it. */
  readonly beneath: unknown;
  readonly shown: unknown;
}

/**
 * The data of one key, and the calls of `mutateQuery` that are under way on top of it.
 * ```
 *  layer 2   hoped for    <- what is shown
 *  layer 1   landed, and waits for layer 0
 *  layer 0   hoped for
 *  floor     committed, or what stood for it while a later call is under way
 * ```
 * Values and never changed, so that a step that fails leaves the stack as it was.
 */
export interface Stack {
  readonly committed: unknown;
  readonly floor: unknown;
  readonly layers: readonly Layer[];
}

/** Nothing is hoped for: somebody else said what the data is. Calls under way can still land. */
export function restarted({ layers }: Stack, data: unknown): Stack {
  const left = layers.filter(({ isOver }) => !isOver);
  return {
    committed: data,
    floor: data,
    layers: left.map(({ call, isOver }) => ({ call, effect: undefined, isOver, beneath: data, shown: data })),
  };
}

/** What is shown. */
export function shownOf({ floor, layers }: Stack): unknown {
  const top = layers[layers.length - 1];
  return top ? top.shown : floor;
}

/** Whether all that is shown is committed. */
export function isCommitted({ committed, floor, layers }: Stack): boolean {
  return Object.is(floor, committed) && layers.every(({ effect }) => effect === undefined);
}

/** The effect of a call that is under way; `undefined` without any. */
export function effectOf({ layers }: Stack, call: object): Effect | undefined {
  return layers.find((layer) => layer.call === call)?.effect;
}

export function has({ layers }: Stack, call: object): boolean {
  return layers.some((layer) => layer.call === call);
}

/** A call begins. @param hoped what its effect makes of what is shown now; `undefined` for nothing */
export function begun(stack: Stack, call: object, effect: Effect | undefined, hoped: unknown): Stack {
  const beneath = shownOf(stack);
  const own = hoped === undefined ? undefined : effect;
  const layer = { call, effect: own, isOver: false, beneath, shown: own ? hoped : beneath };
  return { ...stack, layers: [...stack.layers, layer] };
}

/** A call leaves no trace. */
export function takenBack({ committed, floor, layers }: Stack, call: object): Stack {
  return settled(
    committed,
    floor,
    layers.filter((layer) => layer.call !== call),
  );
}

/** A call landed, with an effect, or with the one that was hoped for. @throws what its function throws */
export function landed(stack: Stack, call: object, brought: Effect | undefined): Stack {
  const { committed, floor, layers } = stack;
  const place = layers.findIndex((layer) => layer.call === call);
  const layer = layers[place]!;
  const above = layers.slice(place + 1);
  const effect = brought ?? layer.effect;
  if (!effect) return takenBack(stack, call);
  // A value stands whatever calls before it bring. Calls after it show what they hoped for: it is not the last word.
  if ("value" in effect) return settled(effect.value, layer.shown, above);
  const beneath = place === 0 ? committed : layers[place - 1]!.shown;
  const shown = brought ? (effect.change(beneath, committed) ?? beneath) : layer.shown;
  const over = { call, effect, isOver: true, beneath: brought ? beneath : layer.beneath, shown };
  return settled(committed, floor, [...layers.slice(0, place), over, ...above]);
}

/** Commits what has landed and waits for nobody, and applies the rest anew where what it is applied to is different. */
function settled(committed: unknown, floor: unknown, layers: readonly Layer[]): Stack {
  let [sure, base, rest] = [committed, floor, layers];
  for (let [first] = rest; first?.isOver; [first] = rest) {
    const onFloor = Object.is(base, sure) ? undefined : applied(first, base, sure);
    sure = applied(first, sure, sure);
    base = onFloor ?? sure;
    rest = rest.slice(1);
  }
  if (rest.length === 0) base = sure;
  let below = base;
  const again = rest.map((layer) => {
    const { call, effect, isOver } = layer;
    const beneath = below;
    below = applied(layer, beneath, sure);
    return { call, effect, isOver, beneath, shown: below };
  });
  return { committed: sure, floor: base, layers: again };
}

/**
 * What a layer makes of what is beneath it: asked anew only where that is different. What throws here did not when its
 * call began or landed: it is reported, and changes nothing.
 */
function applied(layer: Layer, beneath: unknown, committed: unknown): unknown {
  const { effect } = layer;
  if (Object.is(layer.beneath, beneath)) return layer.shown;
  if (!effect) return beneath;
  if ("value" in effect) return effect.value;
  let made: unknown;
  guarded(() => {
    made = effect.change(beneath, committed);
  });
  return made ?? beneath;
}
