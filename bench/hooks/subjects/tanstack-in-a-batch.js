import { notifyManager } from "@tanstack/react-query";
import { subjectOf } from "./tanstack-client.js";

/** Its own way to tell of many changes at once. */
export const subject = { ...subjectOf({}), together: (run) => notifyManager.batch(run) };
