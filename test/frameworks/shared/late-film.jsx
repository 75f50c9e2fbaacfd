"use client";
import { useCachedQuery } from "macho-cache/react";
import { useState } from "react";
import { filmOptions } from "./films.js";

/** Stands in a `<Suspense>`: it always has data. */
export function LateFilm({ id }) {
  const { data } = useCachedQuery({ ...filmOptions(id), suspense: true });
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <h2>{data.title}</h2>
      <button type="button" id="more" onClick={() => setOpen(true)}>
        More
      </button>
      {isOpen && <p id="more-shown">{`More of ${data.title}`}</p>}
    </section>
  );
}
