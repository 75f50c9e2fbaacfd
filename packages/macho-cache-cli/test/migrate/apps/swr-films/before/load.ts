export async function load<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`Not there: ${path}`);
  return response.json();
}

export const loadCast = ([path, id]: readonly [string, number]): Promise<string[]> => load(`${path}/${id}`);
