import { tick } from 'svelte';
import { report, type Goal } from './document';
import { courseOf, worstMoment, type Moment } from './course';

/// What was tried in the live view, as it is played on the picture.
export interface Trial {
  title: string;
  course: Moment[];
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
export const appearance = $state({ dark: prefersDark.matches });

/// What the reader has chosen; every part of the page looks here.
export const chosen = $state({
  row: null as number | null, // of the survival table
  path: null as number | null, // of an intruder
  trial: null as Trial | null,
  component: null as string | null,
  goal: null as Goal | null,
  moment: 0, // of the course that is shown
  prints: false, // a printed page hides nothing behind a button
});

/// Shows a worst case on the picture, or none; at the moment when it is worst.
export function chooseRow(row: number | null): void {
  const of = row === null ? undefined : report.survival[row];
  chosen.row = row;
  chosen.path = null;
  chosen.trial = null;
  chosen.component = null;
  chosen.moment = of ? worstMoment(courseOf(of)) : 0;
}

export function playTrial(trial: Trial): void {
  chooseRow(null);
  chosen.trial = trial;
  chosen.moment = worstMoment(trial.course);
}

/// When the moment is that is shown of a course; null where only the order is known.
export function momentOf(course: Moment[]): number | null {
  const at_s = course[chosen.moment]?.at_s;
  return typeof at_s === 'number' ? at_s : null;
}

/// Begins anew, for another document.
export function chooseNothing(): void {
  chooseRow(null);
  chosen.goal = null;
}

export function choosePath(path: number | null): void {
  chooseRow(null);
  chosen.path = path;
  if (path !== null) {
    void lookAtPicture();
  }
}

export function showComponent(id: string): void {
  chosen.component = id;
  void lookAtPicture();
}

/// Gives the focus to an item of the picture where what had it goes: to this one, or to the one that
/// is reached by keyboard.
export async function focusItem(key: string | null): Promise<void> {
  await tick();
  const wanted = key === null ? null : document.querySelector<SVGElement>(`.item[data-key="${CSS.escape(key)}"]`);
  (wanted ?? document.querySelector<SVGElement>('.item[tabindex="0"]'))?.focus();
}

/// Brings the picture into view where it is not beside what was chosen.
export async function lookAtPicture(): Promise<void> {
  await tick();
  document.getElementById('picture')?.scrollIntoView({ block: 'nearest' });
}
