import Module from "node:module";

// oxlint-disable no-underscore-dangle -- Node names it so, and has no other hook that runs before 22.15.

/** How Node finds what a CommonJS module requires; it has no type. */
interface Resolver {
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

/**
 * For tests beside React 18 on Node. The aliases of the test runner hold in what it transforms; packages are loaded by
 * Node itself, and `require("react")` inside of them must give the same React.
 */
const resolver = Module as unknown as Resolver;
const find = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) =>
  find.call(resolver, request.replace(/^react(-dom)?(?=\/|$)/, "react$1-18"), ...rest);
