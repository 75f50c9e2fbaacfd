import { connection } from "next/server";
import { Parts } from "./parts.jsx";

/** No server component loads: the hooks do, on the server, and each part sends its data along. */
export default async function Page() {
  await connection();
  return <Parts />;
}
