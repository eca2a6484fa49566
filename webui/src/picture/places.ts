/// Where components stand on the picture: provider, region, zone. All of it as the document says.
import type { Component } from '../document';

export interface Place {
  provider: string; // empty: outside, a third party; '?': not known
  region: string; // empty: none
  zone: string; // empty: several, or not known
}

export function placeOf(component: Component): Place {
  if (component.kind === 'external') {
    return { provider: '', region: '', zone: '' };
  }
  return {
    provider: component.provider ?? '?',
    region: component.region ?? '',
    zone: component.zones.length === 1 ? (component.zones[0] ?? '') : '',
  };
}

export function laneKey(place: Place): string {
  return [place.provider, place.region, place.zone].join('\n');
}

/// Providers first, by name, then what is not known, then third parties; what spans zones before
/// each zone.
export function comparePlaces(a: Place, b: Place): number {
  const rank = (p: Place): number => (p.provider === '' ? 2 : p.provider === '?' ? 1 : 0);
  return (
    rank(a) - rank(b) ||
    compare(a.provider, b.provider) ||
    compare(a.region, b.region) ||
    compare(a.zone, b.zone)
  );
}

/// The same order wherever the page is opened.
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
