/** The test chooses; an app writes `true` or leaves it out. */
const config = {
  cacheComponents: process.env.CACHE_COMPONENTS === "true",
  ...(process.env.CACHE_COMPONENTS === "true" && { partialPrefetching: true }),
  // The package and the app are in a folder of their own.
  turbopack: { root: import.meta.dirname },
};

export default config;
