/// What is drawn for what the reader has chosen: a picture as plain data.
import type { Component, Condition, Severity } from '../document';
import { edgesBetween, targetsOf, type Edge } from './edges';
import { layOut, type Layout, type Room } from './layout';
import type { Ends } from './routes';
import { itemsOf, type Item } from './stacks';

/// More is not drawn at once: a reader sees no more, and a browser pans no more smoothly.
export const mostDrawn = 300;
const mostPins = 24;

export interface Wanted {
  room: Room;
  opened: Set<string>;
  component: string | null;
  first: string[]; // components to be seen first
  way: string[]; // of an intruder, from component to component
}

export interface Drawing {
  items: Item[];
  edges: Edge[];
  steps: Ends[]; // of an intruder
  layout: Layout;
  itemOf: Map<string, string>; // component → key of the item it is drawn in
  leavesOut: boolean; // some arrows are not drawn
}

export function draw(components: Component[], ranks: Map<string, number>, wanted: Wanted): Drawing {
  const pinned = new Set(wanted.first.slice(0, mostPins));
  if (wanted.component !== null) {
    const id = wanted.component;
    pinned.add(id);
    const around = components.filter((c) => c.id === id || targetsOf(c).includes(id));
    for (const near of around.flatMap((c) => (c.id === id ? targetsOf(c) : [c.id])).slice(0, 20)) {
      pinned.add(near);
    }
  }
  const items = itemsOf(components, wanted.opened, pinned);
  const itemOf = new Map(items.flatMap((item) => item.members.map((c) => [c.id, item.key] as const)));
  const all = edgesBetween(components, itemOf);
  const steps = wanted.way.slice(1).flatMap((id, index): Ends[] => {
    const [from, to] = [itemOf.get(wanted.way[index] ?? ''), itemOf.get(id)];
    return from !== undefined && to !== undefined && from !== to ? [{ from, to }] : [];
  });
  const room = Math.max(0, mostDrawn - items.length - mostFrames(items) - steps.length);
  const weight = (edge: Edge): number =>
    (pinned.has(edge.from) || pinned.has(edge.to) ? 2 : 0) + (edge.isHard ? 1 : 0);
  const edges = [...all].sort((a, b) => weight(b) - weight(a) || b.count - a.count).slice(0, room);
  const layout = layOut(items, all, ranks, wanted.room, [...edges, ...steps]);
  return { items, edges, steps, layout, itemOf, leavesOut: edges.length < all.length };
}

/// Frames that there may be around so many places.
function mostFrames(items: Item[]): number {
  const places = items.map(({ place }) => place);
  const count = (...parts: (keyof (typeof places)[0])[]): number =>
    new Set(places.map((place) => parts.map((part) => place[part]).join('\n'))).size;
  return count('provider') + count('provider', 'region') + count('provider', 'region', 'zone');
}

const worstFirst: Condition[] = ['down', 'exposed', 'endangered', 'saturated', 'degraded', 'carried', 'serving'];

/// The worst condition among the members of an item.
export function worstOf(item: Item, conditions: Map<string, Condition>): Condition | null {
  const own = new Set(item.members.map((c) => conditions.get(c.id)));
  return worstFirst.find((condition) => own.has(condition)) ?? null;
}

const severities: Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export function gravest(all: Severity[]): Severity | null {
  return severities.find((severity) => all.includes(severity)) ?? null;
}

/// The item that lies nearest in a direction, by where their middles are.
export function nearest(layout: Layout, from: string, dx: number, dy: number): string | null {
  const start = layout.at.get(from);
  let best: string | null = null;
  let least = Infinity;
  layout.at.forEach((box, key) => {
    if (!start || key === from) {
      return;
    }
    const [x, y] = [box.x - start.x, box.y - start.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    const cost = along + 2 * aside;
    if (along > 0 && cost < least) {
      least = cost;
      best = key;
    }
  });
  return best;
}
