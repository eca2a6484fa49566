/// Text in boxes of SVG, which neither wraps nor ends by itself.
import type { Component, Condition } from '../document';
import { say, sayOr } from '../words.svelte';
import { worstOf } from './drawing';
import type { Item } from './stacks';

const family = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", sans-serif';
export const nameFont = `600 14px ${family}`;
export const lineFont = `12px ${family}`;
const heavyFont = `600 ${lineFont}`; // of what a component has come to
const besideText = 42; // of an item's width: its icon, and room on both sides
const nameHeight = 16;
const lineHeight = 14;
const aroundText = 20; // of an item's height
const most = { names: 4, lines: 3 }; // of text: what is longer is abbreviated

let context: CanvasRenderingContext2D | null | undefined;
const widths = new Map<string, number>(); // each text is measured at many widths of its item

export function widthOf(text: string, font: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) {
    return text.length * 8;
  }
  const key = `${font}\n${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context.font = font;
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return width;
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
  return abbreviated(text, (part) => widthOf(part, font) <= width, without);
}

/// The text with as few letters gone as fit.
function abbreviated(
  text: string,
  fits: (part: string) => boolean,
  without: (letters: string[], gone: number) => string,
): string {
  if (fits(text)) {
    return text;
  }
  const letters = [...text];
  let [low, high] = [0, letters.length]; // letters that go
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = fits(without(letters, middle)) ? [low, middle] : [middle + 1, high];
  }
  return without(letters, low);
}

/// The text in lines that fit, broken behind what parts words, else anywhere.
function linesOf(text: string, width: number, font: string): string[] {
  const fits = (line: string): boolean => widthOf(line.trimEnd(), font) <= width;
  const lines: string[] = [];
  let last = '';
  for (const word of text.split(/(?<=[-_./: ])/)) {
    const parts = fits(word) ? [word] : [...word];
    for (const part of parts) {
      if (last !== '' && !fits(last + part)) {
        lines.push(last);
        last = '';
      }
      last += part;
    }
  }
  return [...lines, last];
}

/// In so many lines at most; of what is longer the middle is missing: both ends tell it from others.
function wrapped(text: string, width: number, font: string, count: number): string[] {
  const whole = abbreviated(
    text,
    (part) => linesOf(part, width, font).length <= count,
    (letters, gone) => {
      const begin = Math.floor((letters.length - gone) / 2);
      return gone === 0 ? letters.join('') : `${letters.slice(0, begin).join('')}…${letters.slice(begin + gone).join('')}`;
    },
  );
  return linesOf(whole, width, font);
}

const hold = '\u00a0'; // no line ends here

/// "ec2 ×4 · a b c"
function about(component: Component): string {
  const type = component.type
    ? component.type.split('.').slice(component.type.includes('.') ? 1 : 0).join(' ').replaceAll('_', ' ')
    : sayOr(`kind ${component.kind}`, component.kind);
  const count = component.replicas !== null && component.replicas !== 1 ? ` ×${component.replicas}` : '';
  const zones = component.zones.length > 1 ? ` ·${hold}${component.zones.map((zone) => shortZone(zone, component.region)).join(hold)}` : '';
  return `${type}${count}${zones}`;
}

function shortZone(zone: string, region: string | null): string {
  return region !== null && zone.startsWith(region) ? zone.slice(region.length).replace(/^-/, '') || zone : zone;
}

export function titleOf(item: Item): string {
  if (!item.isStack) {
    return item.title;
  }
  const kind = item.title ? sayOr(`kind ${item.title}`, item.title) : say('components');
  return item.range ? `${kind}: ${item.range}` : kind;
}

/// How an item stands, else what it is.
export function lineOf(item: Item, conditions: Map<string, Condition>): string {
  const condition = worstOf(item, conditions);
  if (item.isStack) {
    const hurt = item.members.filter((c) => conditions.get(c.id) === condition);
    return condition
      ? `${hurt.length} ${say('of')} ${item.members.length} ${say(`s ${condition}`)}`
      : `${item.members.length}${say('of_components')}`;
  }
  const component = item.members[0];
  return condition ? say(`s ${condition}`) : component ? about(component) : '';
}

export interface Line {
  text: string;
  y: number; // of its foot, from the top of the item
}

/// What stands in an item of a width, line by line.
export function textsIn(item: Item, width: number, conditions: Map<string, Condition>): { names: Line[]; lines: Line[] } {
  const room = width - besideText;
  const font = worstOf(item, conditions) ? heavyFont : lineFont;
  const names = wrapped(titleOf(item), room, nameFont, most.names);
  const lines = wrapped(lineOf(item, conditions), room, font, most.lines);
  const under = 7 + names.length * nameHeight;
  return {
    names: names.map((text, index) => ({ text, y: 4 + (index + 1) * nameHeight })),
    lines: lines.map((text, index) => ({ text, y: under + (index + 1) * lineHeight })),
  };
}

/// The least width at which names are whole in the lines that there are for them, as far as one is.
export function leastWidthFor(items: Item[], from: number, to: number): number {
  const fits = (width: number): boolean =>
    items.every((item) => linesOf(titleOf(item), width - besideText, nameFont).length <= most.names);
  let width = from;
  while (width < to && !fits(width)) {
    width = Math.min(to, width + 16);
  }
  return width;
}

/// Width of an item that takes the texts of all of these whole, in a line each.
export function widthFor(items: Item[]): number {
  const single = items.flatMap(({ members, isStack }) => (isStack ? [] : members));
  const widths = single.flatMap((c) => [widthOf(c.name, nameFont), widthOf(about(c), lineFont)]);
  return Math.ceil(Math.max(0, ...widths)) + besideText + 1;
}

/// Height of an item of a width, whatever it comes to: that takes a line, of a stack two.
export function heightOf(item: Item, width: number): number {
  const { names, lines } = textsIn(item, width, new Map());
  const count = Math.max(lines.length, item.isStack ? 2 : 1);
  return aroundText + names.length * nameHeight + count * lineHeight;
}
