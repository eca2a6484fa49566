/// Which way the arrows go: past the items, never through one.
///
/// Problem. Items stand in rows; an arrow may lead over many of them, also upwards and within one.
/// Method. Between two rows lies a channel without items. An arrow leaves its item below, goes along
/// the channel there, then straight up or down where no item stands in its way, then along the
/// channel above its target, and enters that from above. Of the ways up or down it takes the one
/// with the least detour that no other arrow has. What shares an end may share a line; all else
/// lies on tracks of its own, and a channel is as high as its tracks are many.
/// Cost: arrows × the items in the rows that they pass, and arrows among each other.

export interface Slot {
  x: number; // of its left side
  row: number;
}

export interface Column {
  width: number; // of an item
  gap: number; // to the next
}

export interface Ends {
  from: string;
  to: string;
}

/// A way as numbers of which the heights are not known yet.
export interface Way extends Ends {
  out: number; // x where it leaves
  along: Stretch | null; // in the channel below what it leaves
  up: number; // x of what leads up or down
  back: Stretch | null; // in the channel above its target
  into: number; // x where it enters
  isBeside: boolean; // straight from one to its neighbour
}

/// Part of a channel; `track` counts from the top.
export interface Stretch {
  channel: number; // above the row of that number
  left: number;
  right: number;
  owner: string; // what shares it may lie over each other
  track: number;
}

export interface Ways {
  ways: Way[];
  tracks: number[]; // by channel: how many it has
  shared: number; // uprights that there was no room for but on the line of somebody else
}

const aside = 9; // from the middle of an item: what leaves and what enters are not taken for each other
const clear = 3; // from an item, at least
const apart = 4; // what leads past an item, side by side
const shared = 1e6; // as bad as so long a detour: a line over that of somebody else

interface Upright {
  x: number;
  top: number; // rows that it passes
  bottom: number;
  ends: Ends;
}

export function waysOf(slots: Map<string, Slot>, { width, gap }: Column, edges: Ends[]): Ways {
  const beside = Array.from({ length: Math.floor(gap / apart) - 1 }, (_, index) => (index + 1) * apart);
  const rows: number[][] = []; // left sides of the items of each row
  slots.forEach(({ x, row }) => (rows[row] ??= []).push(x));
  const isFree = (x: number, top: number, bottom: number): boolean =>
    rows.slice(top, bottom + 1).every((row) => (row ?? []).every((left) => x <= left - clear || x >= left + width + clear));
  const uprights: Upright[] = [];
  let crowded = 0;
  const isTaken = (x: number, top: number, bottom: number, { from, to }: Ends): boolean =>
    uprights.some(
      (other) =>
        Math.abs(other.x - x) < clear && other.top <= bottom && top <= other.bottom && other.ends.from !== from && other.ends.to !== to,
    );

  function upright(out: number, into: number, top: number, bottom: number, ends: Ends): number {
    let best = into;
    let least = Infinity;
    const places = rows.slice(top, bottom + 1).flatMap((row) => row ?? []);
    const around = places.flatMap((left) => beside.flatMap((by) => [left - by, left + width + by]));
    for (const x of new Set([into, out, ...around])) {
      const detour = Math.abs(x - out) + Math.abs(x - into);
      const cost = detour < least && isTaken(x, top, bottom, ends) ? detour + shared : detour;
      if (cost < least && isFree(x, top, bottom)) {
        least = cost;
        best = x;
      }
    }
    crowded += least >= shared ? 1 : 0;
    return best;
  }

  const ways = edges.flatMap((edge): Way[] => {
    const from = slots.get(edge.from);
    const to = slots.get(edge.to);
    if (!from || !to) {
      return [];
    }
    const { from: id, to: target } = edge;
    const [out, into] = [from.x + width / 2 - aside, to.x + width / 2 + aside];
    const plain = { from: id, to: target, out, along: null, up: into, back: null, into, isBeside: false };
    if (from.row === to.row && areNeighbours(rows[from.row] ?? [], from.x, to.x)) {
      return [{ ...plain, isBeside: true }];
    }
    const goesDown = to.row > from.row;
    const [top, bottom] = goesDown ? [from.row + 1, to.row - 1] : [to.row, from.row];
    if (from.x === to.x && goesDown && isFree(into, top, bottom)) {
      uprights.push({ x: into, top: from.row, bottom: to.row, ends: edge });
      return [{ ...plain, out: into }];
    }
    const back = (x: number): Stretch | null =>
      x === into ? null : { channel: to.row, left: Math.min(x, into), right: Math.max(x, into), owner: `to ${target}`, track: 0 };
    if (top > bottom) {
      return [{ ...plain, up: out, back: back(out) }]; // from one row to the next
    }
    const x = upright(out, into, top, bottom, edge);
    uprights.push({ x, top, bottom, ends: edge });
    const along = x === out && goesDown ? null
      : { channel: from.row + 1, left: Math.min(x, out), right: Math.max(x, out), owner: `from ${id}`, track: 0 };
    return [{ ...plain, along, up: x, back: back(x) }];
  });
  const tracks = tracksOf(ways.flatMap(({ along, back }) => [along, back]).filter((one) => one !== null));
  return { ways, tracks, shared: crowded };
}

function areNeighbours(row: number[], a: number, b: number): boolean {
  return !row.some((x) => x > Math.min(a, b) && x < Math.max(a, b));
}

/// Gives each owner a track of each channel that nobody else has there.
/// out  how many there are, by channel
function tracksOf(stretches: Stretch[]): number[] {
  const tracks: number[] = [];
  const owners = new Map<string, Stretch[]>();
  for (const one of stretches) {
    const key = `${one.channel} ${one.owner}`;
    owners.set(key, [...(owners.get(key) ?? []), one]);
  }
  const all = [...owners.values()].map((own) => ({
    own,
    channel: own[0]?.channel ?? 0,
    left: Math.min(...own.map(({ left }) => left)),
    right: Math.max(...own.map(({ right }) => right)),
  }));
  all.sort((a, b) => a.left - b.left || a.right - b.right);
  const ends = new Map<number, number[]>(); // how far each track of a channel is taken
  for (const { own, channel, left, right } of all) {
    const taken = ends.get(channel) ?? [];
    const free = taken.findIndex((end) => end + clear < left);
    const track = free >= 0 ? free : taken.length;
    taken[track] = Math.max(right, taken[track] ?? 0);
    ends.set(channel, taken);
    tracks[channel] = taken.length;
    own.forEach((one) => (one.track = track));
  }
  return tracks;
}

/// Straight lines from point to point, with round corners.
export function lineThrough(points: [number, number][]): string {
  const round = 5;
  const kept = points.filter(([x, y], i) => i === 0 || x !== points[i - 1]?.[0] || y !== points[i - 1]?.[1]);
  return kept
    .map(([x, y], i) => {
      const before = kept[i - 1];
      const after = kept[i + 1];
      if (!before || !after) {
        return `${before ? 'L' : 'M'}${x} ${y}`;
      }
      const towards = ([a, b]: [number, number]): string => {
        const far = Math.abs(a - x) + Math.abs(b - y);
        const by = Math.min(round, far / 2) / far;
        return `${x + (a - x) * by} ${y + (b - y) * by}`;
      };
      return `L${towards(before)}Q${x} ${y} ${towards(after)}`;
    })
    .join('');
}
