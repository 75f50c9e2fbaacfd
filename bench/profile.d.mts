import type { BrowserContext, Page } from "playwright";

export class Profile {
  visit<T>(url: string, act: (page: Page, context: BrowserContext) => Promise<T>): Promise<T>;
  remove(): void;
}
export function visitOnce<T>(url: string, act: (page: Page, context: BrowserContext) => Promise<T>): Promise<T>;
