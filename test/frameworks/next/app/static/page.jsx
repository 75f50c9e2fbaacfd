import { Films } from "../../shared/films.jsx";

/** Nothing is loaded on a server: the page is made once, at the build. */
export default function Page() {
  return <Films />;
}
