/// Who needs whom, as arrows.
import type { Component } from '../document';

export function targetsOf(component: Component): string[] {
  return [...new Set(component.needs.flatMap((need) => need.any_of ?? [need.to]))].filter(
    (target) => target !== component.id,
  );
}

export interface Edge {
  from: string; // keys of items
  to: string;
  count: number; // needs that it stands for
  isHard: boolean; // some need of it stops who has it
}

/// The arrows between items: needs between the members of two items are one arrow.
/// in  itemOf  which item a component is drawn in
export function edgesBetween(components: Component[], itemOf: Map<string, string>): Edge[] {
  const edges = new Map<string, Edge>();
  for (const component of components) {
    const from = itemOf.get(component.id);
    for (const need of component.needs) {
      for (const target of need.any_of ?? [need.to]) {
        const to = itemOf.get(target);
        if (from === undefined || to === undefined || from === to) {
          continue;
        }
        const key = `${from}\n\n${to}`;
        const edge = edges.get(key) ?? { from, to, count: 0, isHard: false };
        edge.count += 1;
        edge.isHard ||= need.strength === 'hard';
        edges.set(key, edge);
      }
    }
  }
  return [...edges.values()];
}
