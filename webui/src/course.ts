/// The course of a worst case: who is in which condition at which moment, as the document tells it.
import type { Condition, Row, TimedStep } from './document';
import { componentOf } from './document';
import { offset } from './numbers';
import { say } from './words.svelte';

export interface Happening {
  component: string;
  condition: Condition | null;
  text: string;
  why: string;
}

export interface Moment {
  at_s: number | 'unbounded' | null; // null: only the order is known
  happenings: Happening[];
}

function add(moments: Moment[], isSame: boolean, at_s: Moment['at_s'], happening: Happening): void {
  const last = moments.at(-1);
  if (isSame && last) {
    last.happenings.push(happening);
  } else {
    moments.push({ at_s, happenings: [happening] });
  }
}

/// A story in time.
export function courseInTime(story: TimedStep[]): Moment[] {
  const moments: Moment[] = [];
  for (const step of story) {
    add(moments, moments.at(-1)?.at_s === step.at_s, step.at_s, {
      component: step.component,
      condition: componentOf(step.component) ? step.condition : null,
      text: step.event,
      why: step.cause,
    });
  }
  return moments;
}

/// In time where the document tells a story, else step by step.
export function courseOf(row: Row): Moment[] {
  if (row.story.length > 0) {
    return courseInTime(row.story);
  }
  const moments: Moment[] = [];
  let depth = -1;
  for (const effect of row.effects) {
    add(moments, effect.depth === depth, null, {
      component: effect.component,
      condition: effect.condition,
      text: '',
      why: effect.why,
    });
    depth = effect.depth;
  }
  return moments;
}

export function conditionsAt(course: Moment[], moment: number): Map<string, Condition> {
  const conditions = new Map<string, Condition>();
  for (const { happenings } of course.slice(0, moment + 1)) {
    for (const { component, condition } of happenings) {
      if (condition !== null) {
        conditions.set(component, condition);
      }
    }
  }
  return conditions;
}

/// The moment to begin with: when the most components do not serve as they should.
export function worstMoment(course: Moment[]): number {
  let worst = 0;
  let most = -1;
  course.forEach((_, moment) => {
    const hurt = [...conditionsAt(course, moment).values()];
    const count = hurt.filter((condition) => condition !== 'serving').length;
    if (count > most) {
      most = count;
      worst = moment;
    }
  });
  return worst;
}

/// "+1 h 12 min", or which step it is where only the order is known.
export function labelOf(course: Moment[], index: number): string {
  const at = course[index]?.at_s ?? null;
  return at !== null ? offset(at) : index === 0 ? say('first_hit') : `${say('step')} ${index + 1}`;
}
