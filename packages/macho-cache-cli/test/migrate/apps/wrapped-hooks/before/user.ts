export interface User {
  name: string;
}

export const userPath = (id: number): string => `/api/users/${id}`;
