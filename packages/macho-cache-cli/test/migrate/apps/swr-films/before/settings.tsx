import useSWR from "swr";
import useImmutable from "swr/immutable";
import { load } from "./load";

export function Settings() {
  const { data: settings } = useImmutable("/api/settings", load<{ language: string }>);
  const { data: rating } = useSWR<number>("/api/rating");
  return (
    <footer>
      {settings?.language}, rated {rating ?? "?"}
    </footer>
  );
}
