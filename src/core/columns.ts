/** A column that was made longer, with what the shorter one held. */
export function filledFrom<C extends { set(column: C): void }>(longer: C, column: C): C {
  longer.set(column);
  return longer;
}
