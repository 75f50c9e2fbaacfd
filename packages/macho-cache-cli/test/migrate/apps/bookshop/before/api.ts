export interface Book {
  id: number;
  title: string;
  author: number;
  stock: number;
}

export interface BookPage {
  books: Book[];
  pages: number;
}

export interface Review {
  id: number;
  text: string;
}

async function get<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/api/${path}`, init);
  if (!response.ok) throw new Error(`The server said ${response.status}`);
  return (await response.json()) as T;
}

export const getBooks = (page: number, signal: AbortSignal) => get<BookPage>(`books?page=${page}`, { signal });
export const getBook = (id: number) => get<Book>(`books/${id}`);
export const getAuthor = (id: number) => get<{ name: string }>(`authors/${id}`);
export const getReviews = (book: number) => get<Review[]>(`books/${book}/reviews`);
export const addReview = (book: number, text: string) =>
  get<Review>(`books/${book}/reviews`, { method: "POST", body: JSON.stringify({ text }) });
