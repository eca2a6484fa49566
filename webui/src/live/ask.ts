/// Asks the program that serves this page: docs/serve.md. Nothing here knows what answers mean.
import { learn, type Said } from '../said.svelte';
import { parsed } from '../visible';

export interface Position {
  line: number;
  column: number; // of characters, from 1
}

export interface Diagnostic {
  severity: 'error' | 'warning' | 'note';
  code: string;
  message: string;
  help: string;
  file?: string;
  begin?: Position;
  end?: Position;
}

/// What came of a question: a document, or why there is none.
export interface Answer<T> {
  answer: T | null;
  diagnostics: Diagnostic[];
}

interface Refusal {
  diagnostics?: Diagnostic[];
  error?: { message: string; help: string };
}

function diagnosticsOf({ diagnostics, error }: Refusal): Diagnostic[] {
  const { message = '', help = '' } = error ?? {};
  return diagnostics ?? [{ severity: 'error', code: '', message, help }];
}

/// A document whose texts may be shown, but for those that are edited.
export async function get<T>(path: string, read: (json: string) => unknown = parsed): Promise<T> {
  const response = await fetch(path);
  return read(await response.text()) as T;
}

/// Asks a question and follows its stream; aborting the signal cancels it at the program.
export async function ask<T>(
  path: string,
  question: object,
  signal: AbortSignal,
  onPass: (name: string) => void,
): Promise<Answer<T>> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ ...question, said: true }),
    signal,
  });
  if (!response.ok || response.body === null) {
    return { answer: null, diagnostics: diagnosticsOf((await response.json()) as Refusal) };
  }
  let diagnostics: Diagnostic[] = [];
  for await (const { name, data } of events(response.body)) {
    if (name === 'pass') {
      onPass((JSON.parse(data) as { name: string }).name);
    } else if (name === 'diagnostics') {
      diagnostics = diagnosticsOf(parsed(data) as Refusal);
    } else if (name === 'said') {
      learn(JSON.parse(data) as Said);
    } else if (name === 'answer') {
      return { answer: parsed(data) as T, diagnostics };
    } else if (name === 'refused') {
      return { answer: null, diagnostics: diagnosticsOf(parsed(data) as Refusal) };
    }
  }
  throw new Error('the stream ended without an answer');
}

/// The events of a stream, as they come.
async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<{ name: string; data: string }> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    text += decoder.decode(value, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const lines = part.split('\n');
      const of = (field: string): string[] =>
        lines.filter((line) => line.startsWith(field)).map((line) => line.slice(field.length));
      yield { name: of('event: ')[0] ?? '', data: of('data: ').join('\n') };
    }
  }
}
