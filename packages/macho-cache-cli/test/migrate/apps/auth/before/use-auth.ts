import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getMe, login, logout, type User } from "./api";

export function useMe() {
  return useQuery({ queryKey: ["me"], queryFn: () => getMe(), staleTime: Infinity });
}

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: login,
    onSuccess: (user: User) => {
      client.setQueryData(["me"], user);
    },
  });
}

export function useLogout() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: logout,
    onSuccess: () => {
      client.setQueryData(["me"], null);
      client.removeQueries({ queryKey: ["orders"] });
    },
  });
}
