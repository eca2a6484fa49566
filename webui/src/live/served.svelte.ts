/// What is served: the inputs as the files are, the text that is edited, and which of them the page
/// shows. Files may change at any time; what somebody types is never taken from him.
import { take, type Report } from '../document';
import { learn, type Said } from '../said.svelte';
import { chooseNothing } from '../state.svelte';
import { parsed } from '../visible';
import { get, type Diagnostic } from './ask';
import { follow } from './events';
import { Question } from './question.svelte';

export interface Input {
  path: string;
  format: string;
  text: string | null; // of those that people write
}

type Files = 'reading' | 'changed' | 'ready' | 'wrong' | 'cancelled' | 'stopped';

const pause_ms = 350; // after the last key

export const served = $state({
  edition: 0, // of the document that is shown
  showsEdit: false,
  files: 'reading' as Files,
  pass: '', // what is being done with the files
  inputs: [] as Input[],
  isExample: false, // of nobody's own: there is no file yet
  mistakes: [] as Diagnostic[], // of the files
  path: '', // of the input in the editor
  texts: {} as Record<string, string>, // as edited, by path
  judged: '', // the edited text that was answered last
  hasMovedOn: false, // the file behind the edited text has changed
});

/// What is wrong with the edited text, and what the architecture would be with it.
export const trying = new Question<Report>('/api/analysis');

let ofFiles: Report | null = null;
let bytesOfFiles = '';
let timer = 0;

function show(next: Report, isEdit: boolean): void {
  take(next);
  chooseNothing();
  served.showsEdit = isEdit;
  served.edition += 1;
}

/// The inputs that are texts; one that somebody has edited stays, though its file be gone.
export function editable(): string[] {
  const texts = served.inputs.filter(({ text }) => text !== null).map(({ path }) => path);
  return [...new Set([...texts, ...Object.keys(served.texts)])];
}

export function fileText(): string {
  return served.inputs.find(({ path }) => path === served.path)?.text ?? '';
}

export function isEdited(): boolean {
  const text = served.texts[served.path];
  return text !== undefined && text !== fileText();
}

/// What every question brings along, so that it is about what is in the editor.
export function edit(): { input?: string; text?: string } {
  return isEdited() ? { input: served.path, text: served.texts[served.path] } : {};
}

export function type(text: string): void {
  served.texts[served.path] = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => void tryEdit(), pause_ms);
}

async function tryEdit(): Promise<void> {
  if (!isEdited()) {
    trying.forget();
    if (served.showsEdit && ofFiles) {
      show(ofFiles, false);
    }
    return;
  }
  const text = served.texts[served.path];
  const answer = await trying.ask(edit());
  if (text !== undefined && text === served.texts[served.path]) {
    served.judged = text;
  }
  if (answer) {
    show(answer, true);
  }
}

/// Takes the file's text for the edited one.
export function revert(): void {
  delete served.texts[served.path];
  served.hasMovedOn = false;
  void tryEdit();
}

export function choose(path: string): void {
  served.path = path;
  served.hasMovedOn = false;
  void tryEdit();
}

async function read(isAnswered: boolean): Promise<void> {
  const before = fileText();
  const told = await get<{ is_example: boolean; inputs: Input[] }>('/api/inputs', JSON.parse);
  served.inputs = told.inputs;
  served.isExample = told.is_example;
  if (!editable().includes(served.path)) {
    served.path = editable()[0] ?? '';
  }
  learn(await get<Said>('/api/said', (json) => JSON.parse(json || '{}')));
  served.mistakes = (await get<{ diagnostics: Diagnostic[] }>('/api/diagnostics')).diagnostics;
  served.hasMovedOn = isEdited() && served.edition > 0 && fileText() !== before;
  const bytes = isAnswered ? await get<string>('/api/analysis', (json) => json) : bytesOfFiles;
  const isNew = bytes !== bytesOfFiles;
  if (isNew) {
    bytesOfFiles = bytes;
    ofFiles = parsed(bytes) as Report;
  }
  served.files = isAnswered ? 'ready' : 'wrong';
  if (isNew && ofFiles && !(isEdited() && served.showsEdit)) {
    show(ofFiles, false);
  }
  if (isEdited()) {
    void tryEdit();
  }
}

/// Stops the reading of the files, or begins it anew; what comes of it is heard.
export function setReading(goesOn: boolean): void {
  const request = goesOn ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' } : { method: 'DELETE' };
  fetch('/api/reading', request).catch(() => (served.files = 'stopped'));
}

/// Hears of the files until the page is closed.
export function followFiles(): () => void {
  return follow(({ name, data }) => {
    if (name === 'pass') {
      served.pass = (JSON.parse(data) as { name: string }).name;
    } else if (name === 'ready') {
      read((JSON.parse(data) as { status: number }).status === 200).catch(() => (served.files = 'stopped'));
    } else {
      served.files = name as Files;
    }
  });
}
