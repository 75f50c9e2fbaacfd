export interface Conversation {
  readonly id: number;
  readonly title: string;
}

export interface Turn {
  readonly id: number;
  readonly question: string;
}

/** A turn as the server knows it. */
export interface StoredTurn extends Turn {
  readonly conversation: number;
  readonly text: string;
  /** How much of the text the model has written. */
  written: number;
}

const NEW = "New conversation";

/** What the server keeps, in memory. */
export class Conversations {
  #conversations: Conversation[] = [];
  #turns: StoredTurn[] = [];
  readonly #answer: (question: string) => string;

  constructor(answer: (question: string) => string) {
    this.#answer = answer;
    this.reset();
  }

  list(): readonly Conversation[] {
    return this.#conversations;
  }

  turns(conversation: number): readonly Turn[] {
    return this.#turns
      .filter((turn) => turn.conversation === conversation)
      .map(({ id, question }) => ({ id, question }));
  }

  turn(id: number): StoredTurn | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  add(): Conversation {
    const conversation = { id: this.#conversations.length + 1, title: NEW };
    this.#conversations = [...this.#conversations, conversation];
    return conversation;
  }

  /** The first question of a conversation is its title. */
  ask(conversation: number, question: string): Turn {
    const id = this.#turns.length + 1;
    this.#turns.push({ id, question, conversation, text: this.#answer(question), written: 0 });
    this.#conversations = this.#conversations.map((each) =>
      each.id === conversation && each.title === NEW ? { ...each, title: question } : each,
    );
    return { id, question };
  }

  reset(): void {
    this.#conversations = [];
    this.#turns = [];
    for (const question of ["What is a cache good for?", "When is an answer too old?"]) {
      this.ask(this.add().id, question);
    }
    for (const turn of this.#turns) turn.written = turn.text.length;
  }
}
