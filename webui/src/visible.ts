/// Names that turn the direction of writing, or hide, deceive whoever reads them: they are shown
/// as what they are, "\u202e". Each shown text knows the one that it stands for.
const acting = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const actingInJson = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\\u(?:061c|20[026]|feff)/i;
const originals = new Map<string, string>();

export function visible(text: string): string {
  const shown = text.replace(acting, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (shown !== text) {
    originals.set(shown, text);
  }
  return shown;
}

/// As it stands in the input: what the program is asked about.
export function originalOf(shown: string): string {
  return originals.get(shown) ?? shown;
}

/// A document of which every text may be shown.
export function parsed(json: string): unknown {
  return actingInJson.test(json)
    ? JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? visible(value) : value))
    : JSON.parse(json);
}
