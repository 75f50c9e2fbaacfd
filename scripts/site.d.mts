export function buildSiteOnce(): void;
