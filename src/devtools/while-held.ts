/**
 * Has something called for as long as others hold its owner: a timer, or a listener of the page, keeps no cache alive.
 * Once the owner was collected, the next call ends it.
 *
 * @param run must hold no owner itself
 * @param begin begins the calls, and gives their end
 * @returns the undo
 */
export function whileHeld<T extends object>(
  owner: T,
  run: (owner: T) => void,
  begin: (call: () => void) => () => void,
): () => void {
  const held = new WeakRef(owner);
  const end = begin(() => {
    const alive = held.deref();
    if (alive) run(alive);
    else end();
  });
  return end;
}
