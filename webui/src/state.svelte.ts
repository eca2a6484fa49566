import { tick } from 'svelte';
import { report, type Goal } from './document';
import { courseOf, worstMoment } from './course';

/// What the reader has chosen; every part of the page looks here.
export const chosen = $state({
  row: null as number | null, // of the survival table
  path: null as number | null, // of an intruder
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
  chosen.component = null;
  chosen.moment = of ? worstMoment(courseOf(of)) : 0;
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

/// Brings the picture into view where it is not beside what was chosen.
export async function lookAtPicture(): Promise<void> {
  await tick();
  document.getElementById('picture')?.scrollIntoView({ block: 'nearest' });
}
