/// Text in boxes of SVG, which neither wraps nor ends by itself.
import type { Component } from '../document';
import { sayOr } from '../words.svelte';
import type { Item } from './stacks';

const family = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", sans-serif';
export const nameFont = `600 14px ${family}`;
export const lineFont = `12px ${family}`;
export const besideText = 42; // of an item's width: its icon, and room on both sides

let context: CanvasRenderingContext2D | null | undefined;

export function widthOf(text: string, font: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) {
    return text.length * 8;
  }
  context.font = font;
  return context.measureText(text).width;
}

/// The text, or its end behind "…": the end of a name tells more than its beginning.
export function fitted(text: string, width: number, font: string): string {
  return shortened(text, width, font, (letters, gone) => `…${letters.slice(gone).join('')}`);
}

/// The text, or its beginning before "…".
export function begun(text: string, width: number, font: string): string {
  return shortened(text, width, font, (letters, gone) => `${letters.slice(0, letters.length - gone).join('')}…`);
}

/// in  without  the letters without so many of them
function shortened(
  text: string,
  width: number,
  font: string,
  without: (letters: string[], gone: number) => string,
): string {
  if (widthOf(text, font) <= width) {
    return text;
  }
  const letters = [...text];
  let [low, high] = [0, letters.length]; // letters that go
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const fits = widthOf(without(letters, middle), font) <= width;
    [low, high] = fits ? [low, middle] : [middle + 1, high];
  }
  return without(letters, low);
}

/// "ec2 ×4 · a b c"
export function about(component: Component): string {
  const type = component.type
    ? component.type.split('.').slice(component.type.includes('.') ? 1 : 0).join(' ')
    : sayOr(`kind ${component.kind}`, component.kind);
  const count = component.replicas !== null && component.replicas !== 1 ? ` ×${component.replicas}` : '';
  const zones = component.zones.length > 1 ? ` · ${component.zones.map((zone) => shortZone(zone, component.region)).join(' ')}` : '';
  return `${type}${count}${zones}`;
}

function shortZone(zone: string, region: string | null): string {
  return region !== null && zone.startsWith(region) ? zone.slice(region.length).replace(/^-/, '') || zone : zone;
}

/// Width of an item that takes the texts of all of these whole.
export function textsOf(items: Item[]): number {
  const single = items.flatMap(({ members, isStack }) => (isStack ? [] : members));
  const widths = single.flatMap((c) => [widthOf(c.name, nameFont), widthOf(about(c), lineFont)]);
  return Math.ceil(Math.max(0, ...widths)) + besideText + 1;
}
