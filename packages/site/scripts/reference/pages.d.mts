/** Every page of the reference as Markdown, by its path below the content of the site. */
export function referencePages(): Map<string, string>;
