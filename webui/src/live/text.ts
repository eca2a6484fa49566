/// Places in a text that is edited. The program counts lines and characters from 1; the browser
/// counts halves of characters from 0.
import type { Diagnostic, Position } from './ask';

export interface Part {
  text: string;
  severity: Diagnostic['severity'] | null; // of the mistake that it is part of
}

export function offsetOf(text: string, { line, column }: Position): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
}

export function lineOf(text: string, { begin }: Diagnostic): string {
  return begin ? (text.split('\n')[begin.line - 1] ?? '') : '';
}

/// The whole text in parts, so that mistakes stand out; of two that overlap the first does.
export function marksIn(text: string, all: Diagnostic[]): Part[] {
  const places = all
    .flatMap(({ begin, end, severity }) =>
      begin ? [{ from: offsetOf(text, begin), to: offsetOf(text, end ?? begin), severity }] : [],
    )
    .sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let done = 0;
  for (const { from, to, severity } of places) {
    if (from >= done && from < text.length) {
      parts.push({ text: text.slice(done, from), severity: null });
      done = Math.max(to, from + 1);
      parts.push({ text: text.slice(from, done), severity });
    }
  }
  return [...parts, { text: text.slice(done), severity: null }];
}
