/** Ms that a test waits for what comes by itself, as the second argument of `vi.waitFor`: a busy machine is slow. */
export const PATIENCE = 30_000;
