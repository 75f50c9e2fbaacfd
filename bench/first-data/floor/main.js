// The limit: the database is opened by the first line, all rows are read in one transaction, and React shows a state.
import "../began.js";
import { createContext, createElement, useContext, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { articleOf, ARTICLES, SHOWN } from "../articles.js";
import { offer, screenOf } from "../screen.js";

const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

const opening = indexedDB.open("floor");
opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("articles"));
const opened = resultOf(opening);
const reading = opened.then((database) => {
  const store = database.transaction("articles").objectStore("articles");
  return Promise.all(SHOWN.map((id) => resultOf(store.get(id))));
});

const Articles = createContext([]);
const screen = screenOf((id) => useContext(Articles)[SHOWN.indexOf(id)]);

function App() {
  const [articles, setArticles] = useState([]);
  useEffect(() => {
    const show = async () => setArticles(await reading);
    void show();
  }, []);
  return createElement(Articles, { value: articles }, screen);
}

createRoot(document.querySelector("#root")).render(createElement(App));

offer(async (size) => {
  const database = await opened;
  const transaction = database.transaction("articles", "readwrite");
  for (let id = 0; id < ARTICLES; id++) transaction.objectStore("articles").put(articleOf(id, size), id);
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
});
