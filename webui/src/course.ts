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
/// depthOf  what is hit at one moment stands before what follows from it at once
export function courseInTime(story: TimedStep[], depthOf: (step: TimedStep) => number = () => 0): Moment[] {
  const moments: Moment[] = [];
  let depth = 0;
  for (const step of story) {
    const isSame = moments.at(-1)?.at_s === step.at_s && depthOf(step) === depth;
    depth = depthOf(step);
    add(moments, isSame, step.at_s, {
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
    const depths = new Map(row.effects.map(({ component, depth }) => [component, depth]));
    return courseInTime(row.story, ({ component, condition }) =>
      condition === 'serving' ? 0 : (depths.get(component) ?? 0),
    );
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
  if (at === null) {
    return index === 0 ? say('first_hit') : `${say('step')} ${index + 1}`;
  }
  return course[index - 1]?.at_s === at ? `${offset(at)}, ${say('then')}` : offset(at);
}

/// How many are in which condition at a moment, the gravest first.
export function countsAt(course: Moment[], moment: number): [Condition, number][] {
  const order: Condition[] = ['down', 'exposed', 'saturated', 'degraded', 'carried'];
  const all = [...conditionsAt(course, moment).values()];
  return order
    .map((condition): [Condition, number] => [condition, all.filter((one) => one === condition).length])
    .filter(([, count]) => count > 0);
}
