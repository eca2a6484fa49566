/// Where everything stands on the picture.
///
/// Places are lanes side by side, boxes around those of a region and of a provider; rows go down by
/// rank, alike in all lanes, so that an arrow leads down wherever its ends stand. Within a row of a
/// lane, items are ordered by the middle of their neighbours, a few sweeps of it. Linear in items
/// and arrows but for the sorting.
import type { Edge } from './edges';
import { compare, comparePlaces, laneKey, type Place } from './places';
import type { Item } from './stacks';

export const itemWidth = 148;
export const itemHeight = 50;
const gapX = 16;
const gapY = 30;
const pad = 14;
export const headHeight = 24;
const sweeps = 6;
const longestLane = 10; // items in one column before there is a second

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Frame extends Box {
  level: 'provider' | 'region' | 'zone';
  place: Place;
}

export interface Layout {
  width: number;
  height: number;
  at: Map<string, Box>; // by key of the item
  frames: Frame[];
}

interface Lane {
  place: Place;
  items: Item[];
  columns: number;
  x: number;
}

/// in  wantedWidth  lanes are made narrower and longer until all of them fit, as far as they do
export function layOut(
  items: Item[],
  edges: Edge[],
  ranks: Map<string, number>,
  wantedWidth: number,
): Layout {
  const lanes = lanesOf(items);
  const rankOf = compressed(items, ranks);
  const width = fitLanes(lanes, wantedWidth);
  const neighbours = neighboursOf(edges);
  const at = new Map<string, Box>();
  let height = 0;
  for (let sweep = 0; sweep < sweeps; ++sweep) {
    height = placeItems(lanes, rankOf, neighbours, at);
  }
  return { width, height: height + 3 * pad, at, frames: framesOf(lanes, height) };
}

function lanesOf(items: Item[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const item of items) {
    const key = laneKey(item.place);
    const lane = lanes.get(key) ?? { place: item.place, items: [], columns: 1, x: 0 };
    lane.items.push(item);
    lanes.set(key, lane);
  }
  const all = [...lanes.values()].sort((a, b) => comparePlaces(a.place, b.place));
  for (const lane of all) {
    lane.columns = Math.min(5, Math.max(1, Math.round(Math.sqrt(lane.items.length / 1.6))));
  }
  return all;
}

/// Ranks without gaps; a stack stands in the middle of its members.
function compressed(items: Item[], ranks: Map<string, number>): Map<string, number> {
  const middle = new Map<string, number>();
  for (const item of items) {
    const all = item.members.map((c) => ranks.get(c.id) ?? 0).sort((a, b) => a - b);
    middle.set(item.key, all[Math.floor(all.length / 2)] ?? 0);
  }
  const used = [...new Set(middle.values())].sort((a, b) => a - b);
  const dense = new Map(used.map((rank, index) => [rank, index]));
  return new Map([...middle].map(([key, rank]) => [key, dense.get(rank) ?? 0]));
}

/// Takes columns from the widest lane until all fit, or any lane would be too long.
/// out  the width of all
function fitLanes(lanes: Lane[], wantedWidth: number): number {
  let width = placeLanes(lanes);
  while (width > wantedWidth) {
    const spare = (lane: Lane): number => lane.columns - Math.ceil(lane.items.length / longestLane);
    const widest = lanes.reduce((a, b) => (spare(b) > spare(a) ? b : a));
    if (spare(widest) <= 0) {
      break;
    }
    widest.columns -= 1;
    width = placeLanes(lanes);
  }
  return width;
}

/// out  the width of all
function placeLanes(lanes: Lane[]): number {
  let x = pad;
  lanes.forEach((lane, index) => {
    const before = lanes[index - 1]?.place;
    if (before && before.provider !== lane.place.provider) {
      x += 2 * pad;
    } else if (before && before.region !== lane.place.region) {
      x += pad;
    }
    x += lane.place.region === '' ? pad / 2 : pad;
    lane.x = x;
    x += lane.columns * (itemWidth + gapX) - gapX + pad;
  });
  return x + pad;
}

function neighboursOf(edges: Edge[]): Map<string, string[]> {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  return neighbours;
}

/// Puts the items of each lane into rows, ordered by where their neighbours stood last.
/// out  the lowest end of all
function placeItems(
  lanes: Lane[],
  rankOf: Map<string, number>,
  neighbours: Map<string, string[]>,
  at: Map<string, Box>,
): number {
  const middle = (item: Item): number => {
    const known = (neighbours.get(item.key) ?? []).flatMap((key) => at.get(key)?.x ?? []);
    return known.length > 0 ? known.reduce((sum, x) => sum + x, 0) / known.length : Infinity;
  };
  const placed = new Map<string, Box>();
  let y = headHeight * 3 + pad * 2;
  const rankCount = Math.max(0, ...rankOf.values()) + 1;
  for (let rank = 0; rank < rankCount; ++rank) {
    let rows = 0;
    for (const lane of lanes) {
      const here = lane.items
        .filter((item) => rankOf.get(item.key) === rank)
        .map((item) => ({ item, x: middle(item) }))
        .sort((a, b) => (a.x === b.x ? compare(a.item.key, b.item.key) : a.x - b.x));
      here.forEach(({ item }, index) => {
        const row = Math.floor(index / lane.columns);
        const inRow = Math.min(lane.columns, here.length - row * lane.columns);
        const inset = ((lane.columns - inRow) * (itemWidth + gapX)) / 2;
        placed.set(item.key, {
          x: lane.x + inset + (index % lane.columns) * (itemWidth + gapX),
          y: y + row * (itemHeight + gapY / 2),
          width: itemWidth,
          height: itemHeight,
        });
        rows = Math.max(rows, row + 1);
      });
    }
    y += rows * (itemHeight + gapY / 2) + gapY / 2;
  }
  placed.forEach((box, key) => at.set(key, box));
  return y - gapY;
}

/// Boxes around the lanes of one provider, of one region, and of one zone.
function framesOf(lanes: Lane[], bottom: number): Frame[] {
  const frames: Frame[] = [];
  const add = (level: Frame['level'], part: Lane[]): void => {
    const first = part[0];
    const last = part.at(-1);
    if (!first || !last) {
      return;
    }
    const depth = level === 'provider' ? 0 : level === 'region' ? 1 : 2;
    const out = pad * (level === 'provider' ? 1 : level === 'region' ? 0.65 : 0.35);
    const y = pad / 2 + depth * (headHeight + 2);
    frames.push({
      level,
      place: first.place,
      x: first.x - out,
      y,
      width: last.x + last.columns * (itemWidth + gapX) - gapX + out - (first.x - out),
      height: bottom + pad * (2 - depth * 0.5) - y,
    });
  };
  const groups = (part: Lane[], by: (place: Place) => string): Lane[][] => {
    const map = new Map<string, Lane[]>();
    part.forEach((lane) => map.set(by(lane.place), [...(map.get(by(lane.place)) ?? []), lane]));
    return [...map.values()];
  };
  for (const ofProvider of groups(lanes, (place) => place.provider)) {
    add('provider', ofProvider);
    for (const ofRegion of groups(ofProvider, (place) => place.region)) {
      if (ofRegion[0]?.place.region) {
        add('region', ofRegion);
      }
      for (const lane of ofRegion) {
        if (lane.place.zone) {
          add('zone', [lane]);
        }
      }
    }
  }
  return frames;
}
