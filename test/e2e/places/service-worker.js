import { exercise } from "./exercise.js";

addEventListener("message", (event) => {
  event.waitUntil(exercise().then((results) => event.ports[0].postMessage(results)));
});
