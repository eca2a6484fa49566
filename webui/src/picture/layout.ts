/// Where everything stands on the picture.
///
/// Places are lanes side by side, boxes around those of a region and of a provider; rows go down by
/// rank, alike in all lanes, so that an arrow leads down wherever its ends stand. Within a row of a
/// lane, items are ordered by the middle of their neighbours, a few sweeps of it. Where there is
/// room, items are as wide as their texts, and a row is as high as the highest of its items. Between
/// the rows is as much room as the arrows take.
/// Linear in items and arrows but for the sorting and the ways of the arrows.
import type { Edge } from './edges';
import { compare, comparePlaces, laneKey, type Place } from './places';
import { lineThrough, waysOf, type Column, type Ends, type Slot, type Stretch, type Way, type Ways } from './routes';
import type { Item } from './stacks';

const leastWidth = 148; // of an item
const mostWidth = 340;
const leastGap = 16; // between items side by side
const mostGap = 64;
const gapStep = 8;
const gapY = { inRank: 15, ofRanks: 30 }; // between rows, at least
const trackHeight = 4;
const overTracks = 6;
const underTracks = 11; // room for the head of an arrow
const backAside = 4; // two that need each other have an arrow each
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
  ways: Map<string, string>; // of the arrows, as paths, by `wayKey`
}

export function wayKey({ from, to }: Ends): string {
  return `${from}\n\n${to}`;
}

/// What there is room for, at full size.
export interface Room {
  width: number;
  least: number; // lanes are made narrower and longer until they fit into this, as far as they do
  texts: Texts;
}

/// How large items are by what stands in them.
export interface Texts {
  widthFor: (items: Item[]) => number; // of an item that takes those of all whole, in a line each
  leastWidthFor: (items: Item[], from: number, to: number) => number; // that takes their names
  heightOf: (item: Item, width: number) => number;
}

interface Lane {
  place: Place;
  items: Item[];
  columns: number;
  x: number;
}

/// in  arrows  between items, that are drawn
export function layOut(
  items: Item[],
  edges: Edge[],
  ranks: Map<string, number>,
  room: Room,
  arrows: Ends[],
): Layout {
  const lanes = lanesOf(items);
  const rankOf = compressed(items, ranks);
  const least = room.texts.leastWidthFor(items, leastWidth, mostWidth);
  const narrow = fitLanes(lanes, room.least, least);
  const columns = lanes.reduce((sum, lane) => sum + lane.columns, 0);
  const spare = Math.max(0, Math.floor((room.width - narrow) / Math.max(1, columns)));
  const itemWidth = Math.max(least, Math.min(room.texts.widthFor(items), mostWidth, least + spare));
  const neighbours = neighboursOf(edges);
  const { column, width, placed, ways, tracks } = withRoom((gap) =>
    arranged(lanes, rankOf, neighbours, { width: itemWidth, gap }, arrows),
  );
  const tall: number[] = [];
  for (const item of items) {
    const row = placed.slots.get(item.key)?.row ?? 0;
    tall[row] = Math.max(tall[row] ?? 0, room.texts.heightOf(item, itemWidth));
  }
  const { top, over, bottom } = heightsOf(placed.rankOfRow, tall, tracks);
  const at = new Map<string, Box>();
  placed.slots.forEach(({ x, row }, key) =>
    at.set(key, { x, y: top[row] ?? 0, width: itemWidth, height: tall[row] ?? 0 }),
  );
  return {
    width,
    height: bottom + 3 * pad,
    at,
    frames: framesOf(lanes, bottom, column),
    ways: new Map(ways.map((way) => [wayKey(way), pathOf(way, at, over)])),
  };
}

interface Arrangement extends Ways {
  column: Column;
  width: number; // of all
  placed: Placed;
}

/// With the least gap at which no arrow leads over another, else the largest.
function withRoom(at: (gap: number) => Arrangement): Arrangement {
  let gap = leastGap;
  let found = at(gap);
  while (found.shared > 0 && gap < mostGap) {
    gap += gapStep;
    found = at(gap);
  }
  return found;
}

function arranged(
  lanes: Lane[],
  rankOf: Map<string, number>,
  neighbours: Map<string, string[]>,
  column: Column,
  arrows: Ends[],
): Arrangement {
  const width = placeLanes(lanes, column);
  let placed: Placed = { slots: new Map(), rankOfRow: [] };
  for (let sweep = 0; sweep < sweeps; ++sweep) {
    placed = placeItems(lanes, rankOf, neighbours, placed.slots, column);
  }
  return { column, width, placed, ...waysOf(placed.slots, column, arrows) };
}

interface Heights {
  top: number[]; // of each row
  over: number[]; // of each channel: where its tracks begin
  bottom: number;
}

/// A channel has room for its tracks.
/// in  tall  of each row
function heightsOf(rankOfRow: number[], tall: number[], tracks: number[]): Heights {
  const room = (channel: number): number => {
    const count = tracks[channel] ?? 0;
    return count > 0 ? overTracks + (count - 1) * trackHeight + underTracks : 0;
  };
  let y = headHeight * 3 + pad + Math.max(pad, room(0));
  const top: number[] = [];
  const over = [y - room(0) + overTracks];
  rankOfRow.forEach((rank, row) => {
    if (row > 0) {
      const least = rank === rankOfRow[row - 1] ? gapY.inRank : gapY.ofRanks;
      y += Math.max(least, room(row));
    }
    top.push(y);
    y += tall[row] ?? 0;
    over.push(y + overTracks);
  });
  return { top, over, bottom: y + room(rankOfRow.length) };
}

function pathOf(way: Way, at: Map<string, Box>, over: number[]): string {
  const from = at.get(way.from);
  const to = at.get(way.to);
  if (!from || !to) {
    return '';
  }
  if (way.isBeside) {
    const isRight = to.x > from.x;
    const y = from.y + from.height / 2 + (isRight ? -backAside : backAside);
    const [begin, end] = isRight ? [from.x + from.width, to.x - 5] : [from.x, to.x + to.width + 5];
    return lineThrough([[begin, y], [end, y]]);
  }
  const heightOf = ({ channel, track }: Stretch): number => (over[channel] ?? 0) + track * trackHeight;
  const points: [number, number][] = [[way.out, from.y + from.height]];
  if (way.along) {
    points.push([way.out, heightOf(way.along)], [way.up, heightOf(way.along)]);
  }
  if (way.back) {
    points.push([way.up, heightOf(way.back)], [way.into, heightOf(way.back)]);
  }
  points.push([way.into, to.y - 5]);
  return lineThrough(points);
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
function fitLanes(lanes: Lane[], wantedWidth: number, itemWidth: number): number {
  let width = placeLanes(lanes, { width: itemWidth, gap: leastGap });
  while (width > wantedWidth) {
    const spare = (lane: Lane): number => lane.columns - Math.ceil(lane.items.length / longestLane);
    const widest = lanes.reduce((a, b) => (spare(b) > spare(a) ? b : a));
    if (spare(widest) <= 0) {
      break;
    }
    widest.columns -= 1;
    width = placeLanes(lanes, { width: itemWidth, gap: leastGap });
  }
  return width;
}

/// out  the width of all
function placeLanes(lanes: Lane[], column: Column): number {
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
    x += lane.columns * (column.width + column.gap) - column.gap + pad;
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

interface Placed {
  slots: Map<string, Slot>;
  rankOfRow: number[];
}

/// Puts the items of each lane into rows, ordered by where their neighbours stood last.
function placeItems(
  lanes: Lane[],
  rankOf: Map<string, number>,
  neighbours: Map<string, string[]>,
  before: Map<string, Slot>,
  { width, gap }: Column,
): Placed {
  const middle = (item: Item): number => {
    const known = (neighbours.get(item.key) ?? []).flatMap((key) => before.get(key)?.x ?? []);
    return known.length > 0 ? known.reduce((sum, x) => sum + x, 0) / known.length : Infinity;
  };
  const slots = new Map<string, Slot>();
  const rankOfRow: number[] = [];
  const rankCount = Math.max(0, ...rankOf.values()) + 1;
  for (let rank = 0; rank < rankCount; ++rank) {
    const first = rankOfRow.length;
    for (const lane of lanes) {
      const here = lane.items
        .filter((item) => rankOf.get(item.key) === rank)
        .map((item) => ({ item, x: middle(item) }))
        .sort((a, b) => (a.x === b.x ? compare(a.item.key, b.item.key) : a.x - b.x));
      here.forEach(({ item }, index) => {
        const row = Math.floor(index / lane.columns);
        const inRow = Math.min(lane.columns, here.length - row * lane.columns);
        const inset = ((lane.columns - inRow) * (width + gap)) / 2;
        slots.set(item.key, { x: lane.x + inset + (index % lane.columns) * (width + gap), row: first + row });
        rankOfRow[first + row] = rank;
      });
    }
  }
  return { slots, rankOfRow };
}

/// Boxes around the lanes of one provider, of one region, and of one zone.
function framesOf(lanes: Lane[], bottom: number, { width, gap }: Column): Frame[] {
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
      width: last.x + last.columns * (width + gap) - gap + out - (first.x - out),
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
