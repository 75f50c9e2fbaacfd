import { useQuery } from "@tanstack/react-query";
import { news, weather } from "./queries";

export const Page = () => {
  const first = useQuery(news);
  const second = useQuery(weather);
  return (
    <article>
      <p>News: {first.data ?? "..."}</p>
      <p>Weather: {second.data ?? "..."}</p>
    </article>
  );
};
