/// Text in boxes of SVG, which neither wraps nor ends by itself.

let context: CanvasRenderingContext2D | null | undefined;

function widthOf(text: string, font: string): number {
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
