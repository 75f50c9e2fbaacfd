// Imported first: when the code of the page begins to run.
export const scriptBegan = performance.now();
