import { subjectOf } from "./tanstack-client.js";

export const subject = subjectOf({});
