import type { ReactElement } from "react";
import { countryHref, follow } from "../router.ts";

export function CountryLink({ name }: { name: string }): ReactElement {
  return (
    <a href={countryHref(name)} onClick={follow}>
      {name}
    </a>
  );
}
