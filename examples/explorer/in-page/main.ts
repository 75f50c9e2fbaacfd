// The explorer as files alone: its API answers in the page, so that it can be part of a site without a server.
import type { Film } from "../server/films.ts";
import { createApi } from "../server/routes.ts";
import { answerInPage } from "./answer-in-page.ts";

const films = fetch(new URL("films.json", document.baseURI));
const api = films.then(async (answer) => createApi((await answer.json()) as readonly Film[]));
answerInPage(async (request) => (await api)(request));
