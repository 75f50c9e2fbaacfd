export interface User {
  name: string;
}

export class HttpError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

export async function request<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new HttpError(response.status);
  return response.json();
}

export const getMe = () => request<User | null>("/api/me");
export const login = (name: string) => request<User>("/api/login", { method: "POST", body: name });
export const logout = () => request<boolean>("/api/logout", { method: "POST" });
