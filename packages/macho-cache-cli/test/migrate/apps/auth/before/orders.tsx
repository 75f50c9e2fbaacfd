import { useQuery } from "@tanstack/react-query";
import { request } from "./api";

export function Orders() {
  const { data, error, isLoading } = useQuery({
    queryKey: ["orders"],
    queryFn: ({ signal }) => request<string[]>("/api/orders", { signal }),
  });
  if (isLoading) return <p>Loading orders</p>;
  if (error) return <p>No orders: {error.message}</p>;
  return <p>Orders: {data?.join(", ")}</p>;
}
