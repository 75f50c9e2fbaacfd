import { skipToken, useQuery } from "@tanstack/react-query";
import { get } from "./get";

export function useUser(email) {
  return useQuery({ queryKey: ["user", email], queryFn: () => get(`/api/users?email=${email}`) });
}

export function useProjects(userId) {
  return useQuery({
    queryKey: ["projects", userId],
    queryFn: userId === undefined ? skipToken : ({ signal }) => get(`/api/projects/${userId}`, signal),
  });
}
