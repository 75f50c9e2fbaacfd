export function withSite<T>(folder: string, use: (url: string) => Promise<T>): Promise<T>;
