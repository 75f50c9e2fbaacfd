import { QueryClient } from "@tanstack/react-query";
import { BasketService } from "./basket-service";

export const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000 } } });
export const basketService = new BasketService(queryClient);
