// 200,000 gets and sets: of keys that are there and that are not, so that entries leave.
const OPERATIONS = 200_000;
/** Those of one task, where they are not done at once. */
const A_TASK = 2_000;
/** Times as many keys as fit. */
const SPREAD = 2;

/** Ms that they take: all in one task, or in many, between which others may run. */
export async function burst({ get, set, keys }, isAtOnce) {
  const random = randoms();
  const step = isAtOnce ? OPERATIONS : A_TASK;
  const channel = new MessageChannel();
  const began = performance.now();
  for (let done = 0; done < OPERATIONS; done += step) {
    for (let at = done; at < done + step;) {
      const index = Math.floor(SPREAD * keys * random());
      at++;
      if (get(index) !== undefined) continue;
      set(index, at);
      at++;
    }
    if (!isAtOnce) await nextTask(channel);
  }
  return performance.now() - began;
}

function nextTask({ port1, port2 }) {
  return new Promise((resolve) => {
    port1.addEventListener("message", resolve, { once: true });
    port1.start();
    port2.postMessage(0);
  });
}

/** The same numbers each time. */
function randoms() {
  let state = 1;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
