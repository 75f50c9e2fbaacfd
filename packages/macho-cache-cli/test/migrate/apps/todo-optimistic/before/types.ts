export interface NewTodo {
  title: string;
}

export interface Todo extends NewTodo {
  id: number;
  done: boolean;
}
