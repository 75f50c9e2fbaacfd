import { useCount } from "./use-count";
import { reset } from "./reset";

export function Count() {
  const { data, isValidating, mutate: again } = useCount();
  return (
    <header>
      {data === undefined ? "?" : `${data} notes`}
      <button onClick={() => again()}>{isValidating ? "Counting" : "Count"}</button>
      <button onClick={reset}>Reset</button>
    </header>
  );
}
