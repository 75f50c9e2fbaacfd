export * as browserCache from "macho-cache/browser/cache";
export * as browserReact from "macho-cache/browser/react";
export * as devtools from "macho-cache/devtools";
export * as mount from "macho-cache/devtools/mount";
export * as engine from "macho-cache";
export * as policies from "macho-cache/policies";
export * as query from "macho-cache/query";
export * as react from "macho-cache/react";
