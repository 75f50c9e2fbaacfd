/** For `placeholderData`: the data that the hook showed for its key before. */
export function keepPreviousData<T>(previous: T | undefined): T | undefined {
  return previous;
}
