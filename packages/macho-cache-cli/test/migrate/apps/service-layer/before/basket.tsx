import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api";
import { basketService } from "./query-client";
import { warmUp } from "./warm-up";

export function Basket() {
  const [total, setTotal] = useState<number>();
  const { data: items } = useQuery({ queryKey: ["basket", "items"], queryFn: api.items });
  const { data: pear } = useQuery({ queryKey: ["basket", "item", "pear"], queryFn: basketService.loadItem });
  return (
    <div>
      <p>
        {items?.map(({ name }) => name).join(", ")}; a pear is {pear?.price ?? "?"}
      </p>
      <button type="button" onClick={() => void basketService.add("plum")}>
        Add
      </button>
      <button type="button" onClick={() => void basketService.load()}>
        Load
      </button>
      <button type="button" onClick={() => void basketService.total().then(setTotal)}>
        Total{total === undefined ? "" : `: ${total}`}
      </button>
      <button type="button" onClick={() => void warmUp()}>
        Warm up
      </button>
    </div>
  );
}
