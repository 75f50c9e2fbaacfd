import { exercise } from "./exercise.js";

postMessage(await exercise());
