/// How far below the users each component stands.
///
/// A component stands below all that need it: the longest way from what nobody needs; what neither
/// needs nor is needed stands last. Needs that
/// close a circle are left out, in the order in which a walk meets them; each need is looked at
/// once.
import type { Component } from '../document';
import { targetsOf } from './edges';

export function ranksOf(components: Component[], entries: string[]): Map<string, number> {
  const byId = new Map(components.map((c) => [c.id, c]));
  const needed = new Set(components.flatMap((c) => targetsOf(c)));
  const roots = [...new Set([...entries, ...components.filter((c) => !needed.has(c.id)).map((c) => c.id)])];
  const order = finishOrder(byId, [...roots, ...byId.keys()]);
  const position = new Map(order.map((id, index) => [id, index]));
  const ranks = new Map<string, number>(components.map((c) => [c.id, 0]));
  for (const id of order) {
    const component = byId.get(id);
    for (const target of component ? targetsOf(component) : []) {
      const isForward = (position.get(target) ?? -1) > (position.get(id) ?? 0);
      if (isForward) {
        ranks.set(target, Math.max(ranks.get(target) ?? 0, (ranks.get(id) ?? 0) + 1));
      }
    }
  }
  const lowest = Math.max(0, ...ranks.values());
  for (const component of components) {
    const isAlone = targetsOf(component).length === 0 && !needed.has(component.id);
    if (isAlone && !entries.includes(component.id)) {
      ranks.set(component.id, lowest + 1);
    }
  }
  return ranks;
}

/// Every component before all it needs, circles aside: the reverse of the order in which a walk
/// leaves them. Without recursion, since chains may be long.
function finishOrder(byId: Map<string, Component>, starts: string[]): string[] {
  const left: string[] = [];
  const seen = new Set<string>();
  for (const start of starts) {
    const stack: { id: string; rest: string[] }[] = [];
    const enter = (id: string): void => {
      const component = byId.get(id);
      if (component && !seen.has(id)) {
        seen.add(id);
        stack.push({ id, rest: targetsOf(component) });
      }
    };
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.shift();
      if (next === undefined) {
        left.push(top.id);
        stack.pop();
      } else {
        enter(next);
      }
    }
  }
  return left.reverse();
}
