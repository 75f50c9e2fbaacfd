import { useQuery } from "@tanstack/react-query";
import { get } from "./get";

export function Tasks({ project }) {
  const { data, error, failureCount } = useQuery({
    queryKey: ["tasks", { project }],
    queryFn(context) {
      const [, { project: name }] = context.queryKey;
      return get(`/api/tasks/${name}`, context.signal);
    },
    select: (tasks) => tasks.length,
  });
  if (error !== null) return <b>no tasks ({failureCount} tries)</b>;
  return <b>{data === undefined ? "..." : `${data} tasks`}</b>;
}
