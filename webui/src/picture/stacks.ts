/// What is drawn at once: components, and stacks of those that there is no room for.
///
/// Components are leaves of a tree: provider, place, kind, group, and parts of long lists. What is
/// drawn is a cut through it, opened from the root as long as the budget lasts: what the reader
/// opened, then the smallest; of many components, long lists stay closed until he does. Components that must be seen are pinned, and drawn beside the
/// stack that they belong to. Ends, since each step opens a stack of which the tree holds finitely
/// many.
import type { Component } from '../document';
import { compare, laneKey, placeOf, type Place } from './places';

export const mostItems = 120;
const longestList = 40;
const shortList = 6;

export interface Item {
  key: string;
  title: string;
  place: Place;
  members: Component[]; // one: the component itself
  isStack: boolean;
  range: string; // its first and last member, where only these tell it from its like; else empty
}

interface Branch extends Item {
  isList: boolean; // of components that nothing but their names tells apart
  children: Branch[];
}

export function itemsOf(components: Component[], opened: Set<string>, pinned: Set<string>): Item[] {
  const pins = components.filter((c) => pinned.has(c.id)).map(leafOf);
  const rest = components.filter((c) => !pinned.has(c.id));
  const root = grow(rest, 0, 'all');
  let shown = rest.length === 1 ? [root] : root.children; // one alone is no stack that opens
  for (;;) {
    const room = mostItems - pins.length - shown.length + 1;
    const next = shown
      .filter((branch) => branch.children.length > 0)
      .filter((branch) => opened.has(branch.key) || opensItself(branch, components.length, room))
      .sort((a, b) => Number(opened.has(b.key)) - Number(opened.has(a.key)) || sizeOrder(a, b))[0];
    if (!next) {
      return [...pins, ...shown];
    }
    shown = shown.flatMap((branch) => (branch === next ? next.children : [branch]));
  }
}

function opensItself(branch: Branch, count: number, room: number): boolean {
  const isShort = !branch.isList || branch.members.length <= shortList || count <= mostItems;
  return isShort && branch.children.length <= room;
}

function sizeOrder(a: Branch, b: Branch): number {
  return a.children.length - b.children.length || compare(a.key, b.key);
}

/// By which the members of a stack are told apart, the widest first.
const levels: ((c: Component) => string)[] = [
  (c) => placeOf(c).provider,
  (c) => laneKey(placeOf(c)),
  (c) => c.kind,
  (c) => c.group ?? '',
];

function leafOf(component: Component): Branch {
  return {
    key: component.id,
    title: component.name,
    place: placeOf(component),
    members: [component],
    isStack: false,
    range: '',
    isList: false,
    children: [],
  };
}

function grow(members: Component[], level: number, key: string): Branch {
  const first = members[0];
  if (members.length === 1 && first) {
    return leafOf(first);
  }
  const by = levels[level];
  const children = by
    ? partsBy(members, by).map(([value, part]) => grow(part, level + 1, `${key}\t${value}`))
    : listOf(members, key);
  const only = children[0];
  if (children.length === 1 && only) {
    return only; // a level that tells nothing apart
  }
  return {
    key,
    title: titleOf(members),
    place: commonPlace(members),
    members,
    isStack: true,
    range: '',
    isList: by === undefined,
    children,
  };
}

function partsBy(members: Component[], by: (c: Component) => string): [string, Component[]][] {
  const parts = new Map<string, Component[]>();
  for (const member of members) {
    const value = by(member);
    parts.set(value, [...(parts.get(value) ?? []), member]);
  }
  return [...parts].sort(([a], [b]) => compare(a, b));
}

function listOf(members: Component[], key: string): Branch[] {
  const sorted = [...members].sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
  if (sorted.length <= longestList) {
    return sorted.map(leafOf);
  }
  const size = Math.max(longestList, Math.ceil(sorted.length / longestList));
  const parts: Branch[] = [];
  for (let begin = 0; begin < sorted.length; begin += size) {
    const part = sorted.slice(begin, begin + size);
    const range = `${part[0]?.name} – ${part.at(-1)?.name}`;
    parts.push({ ...grow(part, levels.length, `${key}\t${begin}`), range });
  }
  return parts;
}

/// The kind of all, with their group where they share one; else empty.
function titleOf(members: Component[]): string {
  const kinds = new Set(members.map((c) => c.kind));
  return kinds.size === 1 ? (members[0]?.kind ?? '') : '';
}

function commonPlace(members: Component[]): Place {
  const places = members.map(placeOf);
  const same = (part: keyof Place): string => {
    const values = new Set(places.map((place) => place[part]));
    return values.size === 1 ? (places[0]?.[part] ?? '') : '';
  };
  return { provider: same('provider'), region: same('region'), zone: same('zone') };
}
