/// What is drawn for what the reader has chosen: a picture as plain data.
import type { Component, Condition, Severity } from '../document';
import { edgesBetween, targetsOf, type Edge } from './edges';
import { layOut, type Box, type Layout } from './layout';
import { itemsOf, type Item } from './stacks';

/// More is not drawn at once: a reader sees no more, and a browser pans no more smoothly.
export const mostDrawn = 300;
const mostPins = 24;

export interface Wanted {
  width: number;
  opened: Set<string>;
  component: string | null;
  first: string[]; // components to be seen first
}

export interface Drawing {
  items: Item[];
  edges: Edge[];
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
  const layout = layOut(items, all, ranks, wanted.width);
  const room = Math.max(0, mostDrawn - items.length - layout.frames.length);
  const weight = (edge: Edge): number =>
    (pinned.has(edge.from) || pinned.has(edge.to) ? 2 : 0) + (edge.isHard ? 1 : 0);
  const edges = [...all].sort((a, b) => weight(b) - weight(a) || b.count - a.count).slice(0, room);
  return { items, edges, layout, itemOf, leavesOut: edges.length < all.length };
}

/// An arrow from who needs to what is needed: down where it stands lower, past what stands between,
/// else around the side.
export function arrow(from: Box, to: Box, layout: Layout): string {
  const x1 = from.x + from.width / 2;
  const x2 = to.x + to.width / 2;
  if (to.y > from.y && x1 === x2 && isBetween(from, to, layout)) {
    const [y1, y2] = [from.y + from.height, to.y + to.height / 2];
    return `M${from.x + 14} ${y1}C${from.x - 20} ${y1 + 16} ${to.x - 26} ${y2 - 8} ${to.x - 5} ${y2}`;
  }
  if (to.y > from.y) {
    const [y1, y2] = [from.y + from.height, to.y - 5];
    const bend = Math.max(16, (y2 - y1) / 2);
    return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  }
  const isRight = x2 >= x1;
  const start = isRight ? from.x + from.width : from.x;
  const end = isRight && x2 > x1 ? to.x - 5 : to.x + (x2 === x1 ? -5 : to.width + 5);
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
  const out = isRight ? 28 : -28;
  return x1 === x2
    ? `M${from.x} ${y1}C${from.x - 40} ${y1} ${to.x - 40} ${y2} ${end} ${y2}`
    : `M${start} ${y1}C${start + out} ${y1} ${end - out} ${y2} ${end} ${y2}`;
}

function isBetween(from: Box, to: Box, layout: Layout): boolean {
  return [...layout.at.values()].some((box) => box.x === from.x && box.y > from.y && box.y < to.y);
}

const worstFirst: Condition[] = ['down', 'exposed', 'saturated', 'degraded', 'carried', 'serving'];

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
