/** Numbers from 0 to below 1, the same in each replay. xorshift32, Marsaglia, Journal of Statistical Software 8(14), 2003. */
export function drawsAgain(): () => number {
  let x = 0x9e3779b9;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}
