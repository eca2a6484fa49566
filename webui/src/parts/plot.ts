/// Lines of a plot as paths. A reader sees no more points than there are pixels, so that of those
/// that share one only the least and the greatest are drawn.

export interface Track {
  name: string;
  values: (number | null)[];
  ends?: string; // why there are none, or no more of them
}

/// A place along an axis, and what is told there.
export interface Tick {
  at: number; // from 0 to 1
  label: string;
}

export interface Range {
  least: number;
  most: number;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const mostTracks = 6;

export function rangeOf(tracks: Track[], isFromZero: boolean): Range {
  let least = isFromZero ? 0 : Infinity;
  let most = -Infinity;
  for (const value of tracks.flatMap((track) => track.values)) {
    if (value !== null) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return most === -Infinity ? { least: 0, most: 0 } : { least, most };
}

/// Each value as its power of ten.
export function inTens({ name, values }: Track): Track {
  return { name, values: values.map((value) => (value !== null && value > 0 ? Math.log10(value) : null)) };
}

export function lineOf(values: (number | null)[], { least, most }: Range, box: Box): string {
  const perPixel = Math.max(1, Math.ceil(values.length / Math.max(1, box.width)));
  const x = (index: number): number => box.x + (box.width * index) / Math.max(1, values.length - 1);
  const y = (value: number): number =>
    box.y + box.height - (most > least ? (box.height * (value - least)) / (most - least) : box.height / 2);
  let path = '';
  let isDrawn = false; // the point before
  for (let begin = 0; begin < values.length; begin += perPixel) {
    const part = values.slice(begin, begin + perPixel).filter((value) => value !== null);
    const ends = part.length > 1 ? [Math.min(...part), Math.max(...part)] : part;
    for (const value of ends) {
      path += `${isDrawn ? 'L' : 'M'}${x(begin).toFixed(1)} ${y(value).toFixed(1)}`;
      isDrawn = true;
    }
    isDrawn &&= part.length > 0;
  }
  return path;
}

/// Where the single values stand, of a line of few.
export function dotsOf(values: (number | null)[], range: Range, box: Box): [number, number][] {
  const mostDots = 40;
  return values.length > mostDots
    ? []
    : [...lineOf(values, range, box).matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/// Tracks worth a look first: those that move most.
export function liveliest(tracks: Track[]): Track[] {
  const moves = ({ values }: Track): number => {
    const range = rangeOf([{ name: '', values }], false);
    return range.most - range.least;
  };
  return tracks
    .filter((track) => moves(track) > 0)
    .sort((a, b) => moves(b) - moves(a))
    .slice(0, mostTracks);
}

/// Powers of ten within a range of such powers, as places from its least to its most.
export function tensOf({ least, most }: Range): { power: number; at: number }[] {
  const tens: { power: number; at: number }[] = [];
  for (let power = Math.ceil(least); power <= most && most > least; ++power) {
    tens.push({ power, at: (power - least) / (most - least) });
  }
  return tens;
}
