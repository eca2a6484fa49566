/// The course of a worst case: who is in which condition at which moment, as the document tells it.
import type { Condition, Row, TimedStep } from './document';
import { componentOf } from './document';
import { offset } from './numbers';
import { tell } from './said.svelte';
import { say, sayOr } from './words.svelte';

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

const ticks_s = [60, 300, 600, 1800, 3600, 6 * 3600, 86400];
const mostTicks = 120;

/// The same with moments at which nothing new happens: one for each minute, or of what is long as
/// many as there is room for, so that the slider goes evenly through the time.
/// in  end_s  of the numbers that are told beside it; 0: none are
export function inMinutes(course: Moment[], end_s: number): Moment[] {
  const times = new Set(course.map(({ at_s }) => at_s));
  const last_s = Math.max(end_s, ...[...times].filter((at_s) => typeof at_s === 'number'));
  const tick_s = ticks_s.find((tick) => last_s / tick <= mostTicks);
  if (course.length === 0 || tick_s === undefined) {
    return course;
  }
  const all = [...course];
  for (let at_s = 0; at_s <= last_s; at_s += tick_s) {
    if (!times.has(at_s)) {
      all.push({ at_s, happenings: [] });
    }
  }
  const order = ({ at_s }: Moment): number => (typeof at_s === 'number' ? at_s : Infinity);
  return all.sort((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)));
}

/// How long numbers are told, at even steps.
export function lengthOf(step_s: number, values: unknown[] = []): number {
  return step_s * values.length;
}

/// In time where the document tells a story, else step by step.
export function courseOf({ story, effects, series }: Row): Moment[] {
  if (story.length > 0) {
    const depths = new Map(effects.map(({ component, depth }) => [component, depth]));
    const course = courseInTime(story, ({ component, condition }) =>
      condition === 'serving' ? 0 : (depths.get(component) ?? 0),
    );
    const { step_s = 0, ...tracks } = series ?? {};
    return inMinutes(course, lengthOf(step_s, Object.values(tracks)[0]));
  }
  const moments: Moment[] = [];
  let depth = -1;
  for (const effect of effects) {
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

/// What was told last of the condition of each component, by a moment.
function toldUntil(course: Moment[], moment: number): Map<string, Happening> {
  const told = new Map<string, Happening>();
  for (const { happenings } of course.slice(0, moment + 1)) {
    for (const happening of happenings.filter(({ condition }) => condition !== null)) {
      told.set(happening.component, happening);
    }
  }
  return told;
}

export function conditionsAt(course: Moment[], moment: number): Map<string, Condition> {
  const conditions = new Map<string, Condition>();
  toldUntil(course, moment).forEach(({ condition }, component) => {
    if (condition !== null) {
      conditions.set(component, condition);
    }
  });
  return conditions;
}

const gravestFirst: Condition[] = ['down', 'exposed', 'endangered', 'saturated', 'degraded', 'carried'];

/// What happens at a moment; where nothing does, who does not serve as he should, and why, the
/// gravest first.
export function toldAt(course: Moment[], moment: number): Happening[] {
  const happenings = course[moment]?.happenings ?? [];
  const rank = ({ condition }: Happening): number =>
    condition === null ? gravestFirst.length : gravestFirst.indexOf(condition);
  const standing = [...toldUntil(course, moment).values()].filter((one) => one.condition !== 'serving');
  return [...(happenings.length > 0 ? happenings : standing)].sort((a, b) => rank(a) - rank(b));
}

/// "is full at 4,523 users: 1 replica × 2 servers"
export function wordsOf({ text, why }: Happening): string {
  return [tell(text), sayOr(`by ${why}`, tell(why))].filter(Boolean).join(': ');
}

/// "down: database is full", where nothing else tells the condition.
export function sentenceOf(happening: Happening): string {
  const { condition, text } = happening;
  const words = wordsOf(happening);
  return text !== '' || condition === null ? words : [say(`s ${condition}`), words].filter(Boolean).join(': ');
}

/// The moment to begin with: when the most components do not serve as they should, and of several
/// the first at which the most of these are down.
export function worstMoment(course: Moment[]): number {
  let worst = 0;
  let most = [0, 0];
  course.forEach(({ happenings }, moment) => {
    if (happenings.length === 0) {
      return;
    }
    const hurt = [...conditionsAt(course, moment).values()].filter((condition) => condition !== 'serving');
    const [count, down] = [hurt.length, hurt.filter((condition) => condition === 'down').length];
    if (count > (most[0] ?? 0) || (count === most[0] && down > (most[1] ?? 0))) {
      most = [count, down];
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
  const all = [...conditionsAt(course, moment).values()];
  return gravestFirst
    .map((condition): [Condition, number] => [condition, all.filter((one) => one === condition).length])
    .filter(([, count]) => count > 0);
}
