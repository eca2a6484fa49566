import { say } from '../words.svelte';
import { ask, type Diagnostic } from './ask';

/// A question on its way, and what has come of it. A newer one takes the place of an older one.
export class Question<T> {
  pass = $state<string | null>(null); // what is done for it now; null: nothing is
  diagnostics = $state.raw<Diagnostic[]>([]);
  answer = $state.raw<T | null>(null);
  readonly #path: string;
  #running: AbortController | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /// The answer; null where there is none, or where it was cancelled.
  async ask(question: object): Promise<T | null> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    this.pass = '';
    try {
      const got = await ask<T>(this.#path, question, running.signal, (name) => {
        if (!running.signal.aborted) {
          this.pass = name;
        }
      });
      if (running.signal.aborted) {
        return null;
      }
      this.answer = got.answer;
      this.diagnostics = got.diagnostics;
    } catch {
      if (running.signal.aborted) {
        return null;
      }
      this.answer = null;
      this.diagnostics = [{ severity: 'error', code: '', message: say('no_answer'), help: '' }];
    }
    this.pass = null;
    return this.answer;
  }

  cancel(): void {
    this.#running?.abort();
    this.pass = null;
  }

  forget(): void {
    this.cancel();
    this.answer = null;
    this.diagnostics = [];
  }
}
