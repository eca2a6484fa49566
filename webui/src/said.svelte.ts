/// What the texts of documents are in the language of the page; they come with the documents.
import { language } from './words.svelte';

export type Said = Partial<Record<string, Record<string, string>>>;

const book = new Map<string, string>();

export function learn(said: Said): void {
  for (const [english, korean] of Object.entries(said.ko ?? {})) {
    book.set(english, korean);
  }
}

/// A text of a document; as it stands there where no other is known.
export function tell(text: string): string {
  return (language.now === 'ko' && book.get(text)) || text;
}

learn(JSON.parse(document.getElementById('said')?.textContent ?? '{}') as Said);
