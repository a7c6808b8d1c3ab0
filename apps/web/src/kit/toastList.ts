/** One message that goes away by itself, or stays until it is dismissed. */
export interface ToastMessage {
  readonly id: number;
  readonly tone: 'plain' | 'problem';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Holds the messages on screen, newest last, at most four; the oldest gives way. */
export class ToastList {
  #messages: readonly ToastMessage[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  show(message: Omit<ToastMessage, 'id'>): number {
    const id = this.#next;
    this.#next += 1;
    this.#set([...this.#messages, { ...message, id }].slice(-4));
    return id;
  }

  dismiss(id: number): void {
    this.#set(this.#messages.filter((message) => message.id !== id));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly ToastMessage[] => this.#messages;

  #set(messages: readonly ToastMessage[]): void {
    this.#messages = messages;
    for (const listener of this.#listeners) listener();
  }
}
