/// How large a picture is drawn: sizes are factors, rooms are pixels.

/// What is drawn smaller is not read.
export const readable = 0.78;
const most = { fitted: 1.15, steps: 2.5 };
const step = 1.25;

interface Extent {
  width: number;
  height: number;
}

/// At which size all of it is seen at once.
export function fitted(all: Extent, room: Extent): number {
  return Math.min(most.fitted, (room.width - 2) / all.width, (room.height - 2) / all.height);
}

/// The size to begin with: all of it where that can be read, else as wide as there is room.
export function first(all: Extent, room: Extent): number {
  const whole = fitted(all, room);
  return whole >= readable ? whole : Math.max(readable, Math.min(most.fitted, (room.width - 2) / all.width));
}

/// The next size; on the way all of it at once, and the least that can be read, are not leapt over.
export function next(size: number, isLarger: boolean, all: Extent, room: Extent): number {
  const whole = fitted(all, room);
  const wanted = isLarger ? size * step : size / step;
  const isNear = (stop: number): boolean => Math.abs(stop - size) < 0.01 * size;
  const stops = [whole, readable].filter((stop) => !isNear(stop));
  const passed = stops.filter((stop) => (isLarger ? stop > size && stop < wanted : stop < size && stop > wanted));
  const reached = isLarger ? Math.min(wanted, ...passed) : Math.max(wanted, ...passed);
  return Math.min(most.steps, Math.max(Math.min(whole, readable / 2), reached));
}
