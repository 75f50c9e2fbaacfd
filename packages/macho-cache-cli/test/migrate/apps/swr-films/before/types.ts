export interface FilmData {
  id: number;
  title: string;
  directorId: number;
}
