import { queryOptions } from "@tanstack/react-query";

const text = async (path: string) => (await fetch(path)).text();

export const news = queryOptions({ queryKey: ["news"], queryFn: () => text("/api/news") });
export const weather = queryOptions({ queryKey: ["weather"], queryFn: () => text("/api/weather") });
