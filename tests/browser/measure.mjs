// Looks at a page from within: runs in the browser, so that nothing here may refer to this file.

/// Text that is cut off, lies over other text, or stands outside of the page.
export function faultsOfText() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    faults.push(`the page is wider than its window: ${document.documentElement.scrollWidth} > ${width}`);
  }
  const once = (of) => { // asks once of each element
    const known = new Map();
    return (element) => known.get(element) ?? known.set(element, of(element)).get(element);
  };
  const visible = once((element) =>
    element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true }) &&
    !element.closest('.hidden, .skip, title, script, style, option, noscript, header') &&
    getComputedStyle(element).clipPath === 'none' && !element.closest(':is(.survival, .stacked) thead'));
  // What cuts a text that stands in an element: all around it that clip, but for what is scrolled.
  const around = once((element) => {
    const { overflowX } = getComputedStyle(element);
    if (['auto', 'scroll'].includes(overflowX)) {
      return { cutBy: [], scrolls: true };
    }
    const { cutBy, scrolls } = element.parentElement ? around(element.parentElement) : { cutBy: [], scrolls: false };
    return { cutBy: ['hidden', 'clip'].includes(overflowX) ? [element.getBoundingClientRect(), ...cutBy] : cutBy, scrolls };
  });
  const sheetOf = once((element) => {
    const sheet = element.closest('section, footer, .cards > li');
    return { box: sheet && !element.closest('.scroll, .canvas') ? sheet.getBoundingClientRect() : null };
  });
  const rects = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !visible(element)) {
      continue;
    }
    const text = node.data.trim().slice(0, 40);
    const leaves = (rect, box) => rect.right > box.right + 1 || rect.left < box.left - 1;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      rects.push({ rect, element, text });
      if (sheetOf(element).box && leaves(rect, sheetOf(element).box)) {
        faults.push(`out of its section: "${text}"`);
      }
      const { cutBy, scrolls } = around(element);
      cutBy.filter((box) => leaves(rect, box)).forEach(() => faults.push(`cut: "${text}"`));
      if (!scrolls && leaves(rect, { left: 0, right: width })) {
        faults.push(`outside of the page: "${text}"`);
      }
    }
  }
  rects.sort((a, b) => a.rect.top - b.rect.top);
  const inPicture = (one) => one.element.closest('.canvas') !== null;
  for (let i = 0; i < rects.length; ++i) {
    for (let j = i + 1; j < rects.length && rects[j].rect.top < rects[i].rect.bottom - 2; ++j) {
      const [a, b] = [rects[i].rect, rects[j].rect];
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (over <= 2 || down <= 4) {
        continue;
      }
      const isSticky = rects[i].element.closest('.picture') !== rects[j].element.closest('.picture');
      const nested = rects[i].element.contains(rects[j].element) || rects[j].element.contains(rects[i].element);
      if (!isSticky && !nested && inPicture(rects[i]) === inPicture(rects[j])) {
        faults.push(`over each other: "${rects[i].text}" and "${rects[j].text}"`);
      }
    }
  }
  return faults;
}

/// Labels of the picture that do not fit into their boxes, and boxes that overlap.
export function faultsOfPicture() {
  const faults = [];
  const boxes = [];
  for (const item of document.querySelectorAll('.canvas .item')) {
    const box = item.querySelector(':scope > rect:not(.behind)').getBoundingClientRect();
    boxes.push({ box, key: item.dataset.key });
    for (const text of item.querySelectorAll('text')) {
      const inner = text.getBoundingClientRect();
      if (inner.left < box.left || inner.right > box.right || inner.bottom > box.bottom + 1) {
        faults.push(`out of its box: "${text.textContent}"`);
      }
    }
  }
  for (const frame of document.querySelectorAll('.canvas .frame')) {
    const inner = frame.querySelector('text').getBoundingClientRect();
    const outer = frame.querySelector('rect').getBoundingClientRect();
    if (inner.right > outer.right || inner.left < outer.left) {
      faults.push(`out of its frame: "${frame.textContent}"`);
    }
  }
  boxes.forEach(({ box: a, key }, i) => {
    for (const { box: b, key: other } of boxes.slice(i + 1)) {
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
        faults.push(`boxes over each other: ${key} and ${other}`);
      }
    }
  });
  return faults;
}

/// Arrows of the picture that lead through a box, and those that share no end, and lie over each other
/// for a while; of how many.
export function faultsOfArrows() {
  const boxes = [...document.querySelectorAll('.canvas .item')].map((item) => {
    const { x, y, width, height } = item.querySelector(':scope > rect:not(.behind)').getBBox();
    const { e, f } = item.transform.baseVal.consolidate().matrix;
    return { sides: [[e + x + 1, e + x + width - 1], [f + y + 1, f + y + height - 1]], key: item.dataset.key };
  });
  const bent = (from, [x, y, ...to], t) => // on a curve of two ends and what it bends towards
    [x, y].map((towards, i) => (1 - t) ** 2 * from[i] + 2 * t * (1 - t) * towards + t ** 2 * to[i]);
  const arrows = [...document.querySelectorAll('.canvas .edge, .canvas .step')].map((path) => {
    const parts = path.getAttribute('d').split(/(?=[A-Z])/).map((part) => part.slice(1).trim().split(/[\s,]+/).map(Number));
    const pieces = parts.slice(1).flatMap((part, index) => {
      const from = parts[index].slice(-2);
      const points = part.length === 2 ? [from, part] : [0, 0.25, 0.5, 0.75, 1].map((t) => bent(from, part, t));
      return points.slice(1).map((to, i) => ({ from: points[i], to, isStraight: part.length === 2 }));
    });
    return { ends: path.dataset, pieces };
  });
  const leadsThrough = ({ from, to }, sides) => {
    let [first, last] = [0, 1];
    sides.forEach(([low, high], i) => {
      const [at, by] = [from[i], to[i] - from[i]];
      const [enters, leaves] = by === 0 ? [low < at && at < high ? 0 : 2, 1] : [(low - at) / by, (high - at) / by].sort((a, b) => a - b);
      [first, last] = [Math.max(first, enters), Math.min(last, leaves)];
    });
    return first < last;
  };
  const through = arrows.flatMap(({ ends, pieces }) =>
    boxes.filter(({ sides }) => pieces.some((piece) => leadsThrough(piece, sides))).map(({ key }) => `${ends.from} → ${ends.to} through ${key}`));
  const straights = arrows.flatMap(({ ends, pieces }) => pieces.filter(({ isStraight }) => isStraight).map((piece) => ({ ends, ...piece })));
  const over = new Set();
  straights.forEach((a, i) => {
    for (const b of straights.slice(i + 1)) {
      const shareAnEnd = a.ends.from === b.ends.from || a.ends.to === b.ends.to;
      for (const [along, across] of shareAnEnd ? [] : [[0, 1], [1, 0]]) {
        const isOn = [a.to, b.from, b.to].every((point) => Math.abs(point[across] - a.from[across]) < 1.5);
        const both = Math.min(Math.max(a.from[along], a.to[along]), Math.max(b.from[along], b.to[along])) -
          Math.max(Math.min(a.from[along], a.to[along]), Math.min(b.from[along], b.to[along]));
        if (isOn && both > 3) {
          over.add(`${a.ends.from} → ${a.ends.to} over ${b.ends.from} → ${b.ends.to} at ${a.from.map(Math.round)}`);
        }
      }
    }
  });
  return { arrows: arrows.length, through, over: [...over] };
}

/// Texts of a picture in a file that lie over each other, or stand outside of it or their box.
export function faultsOfSvg() {
  const faults = [];
  const page = document.documentElement.getBoundingClientRect();
  const texts = [...document.querySelectorAll('text')].map((element) => ({
    text: element.textContent,
    box: element.getBoundingClientRect(),
    outer: element.parentElement.querySelector(':scope > rect')?.getBoundingClientRect() ?? page,
  }));
  texts.forEach(({ text, box: a, outer }, i) => {
    if (a.left < outer.left - 1 || a.right > outer.right + 1 || a.bottom > outer.bottom + 1) {
      faults.push(`out of its box: "${text}"`);
    }
    for (const { text: other, box: b } of texts.slice(i + 1)) {
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (over > 1 && down > 3) {
        faults.push(`over each other: "${text}" and "${other}"`);
      }
    }
  });
  return texts.length > 0 ? faults : ['no text'];
}

/// Every number on the page: where the document has it, and how it is told.
export function numbersTold() {
  return [...document.querySelectorAll('data')].map((element) => ({
    of: element.closest('[data-document]')?.dataset.document ?? 'json',
    at: element.dataset.at,
    as: element.dataset.as,
    count: element.dataset.count,
    value: element.value,
    text: element.textContent,
  }));
}

/// Chooses each of these in turn, and measures the page then.
export async function chosenInTurn(what, measures) {
  const all = [];
  for (const element of document.querySelectorAll(what)) {
    element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await new Promise((done) => setTimeout(done, 0)); // the page follows
    all.push(measures.map((measure) => measure()));
  }
  return all;
}

/// The greatest value of each plot of a course.
export function mostOfPlots() {
  return [...document.querySelectorAll('.course .plot [data-most]')].map((element) => ({
    value: element.dataset.most,
    as: element.dataset.as,
    text: element.textContent,
  }));
}

/// What those hear of the plots of a course who do not see them, and of how many lines.
export function plotsInWords() {
  return [...document.querySelectorAll('.course .plot svg[role=img]')].map((svg) => ({
    as: svg.querySelector('[data-as]').dataset.as,
    words: svg.getAttribute('aria-label'),
    count: svg.querySelectorAll(':scope > .line').length,
  }));
}

/// Of each line that a plot may have, and of the mark of the moment: its colour, its dashes, and how far
/// it stands out from the papers that plots lie on (WCAG 2.2, 1.4.11: three to one at least).
export function linesOfPlots() {
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const sample = document.body.appendChild(document.createElement('div'));
  sample.innerHTML = `<div class="plot"><svg>${
    ['line l0', 'line l1', 'line l2', 'line l3', 'line l4', 'line l5', 'now'].map((of) => `<path class="${of}"/>`).join('')}</svg></div>`;
  const papers = ['.desk > section', '.outcome'].map((of) => getComputedStyle(document.querySelector(of)).backgroundColor);
  const lines = [...sample.querySelectorAll('path')].map((path) => {
    const { stroke, strokeDasharray } = getComputedStyle(path);
    return { stroke, dashes: strokeDasharray, contrast: Math.min(...papers.map((paper) => contrast(stroke, paper))) };
  });
  sample.remove();
  return lines;
}

/// Texts of the picture of which a part is missing.
export function cutTexts() {
  return [...document.querySelectorAll('.canvas text')].map((text) => text.textContent).filter((text) => text.includes('…'));
}

/// Worst cases of which the name takes more than a line.
export function tallRows() {
  return [...document.querySelectorAll('.survival th button')]
    .filter((button) => button.getBoundingClientRect().height > 30)
    .map((button) => button.textContent.trim());
}

/// Text with digits that is told as no number.
export function digitsInText() {
  const texts = [];
  const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isShown = node.parentElement.closest('data, svg, style, title') === null;
    if (isShown && /[0-9]/.test(node.data)) {
      texts.push(node.data.trim());
    }
  }
  return texts;
}

/// How large the picture is drawn; whether all of it is seen, could be seen and read, and whether where
/// users arrive is seen.
export function firstLook() {
  const canvas = document.querySelector('.canvas');
  const svg = canvas.querySelector('svg');
  const room = canvas.getBoundingClientRect();
  const box = svg.querySelector('.entry').closest('.item').getBoundingClientRect();
  return {
    size: svg.getBoundingClientRect().width / svg.viewBox.baseVal.width,
    fits: 0.78 * svg.viewBox.baseVal.width < room.width - 4 && 0.78 * svg.viewBox.baseVal.height < parseFloat(getComputedStyle(canvas).maxHeight) - 4,
    whole: canvas.scrollWidth <= canvas.clientWidth && canvas.scrollHeight <= canvas.clientHeight,
    entry: box.left >= room.left && box.right <= room.right && box.top >= room.top && box.bottom <= room.bottom,
  };
}

/// How long each frame takes while the picture is moved through, in milliseconds.
export function framesWhilePanning() {
  return new Promise((resolve) => {
    const canvas = document.querySelector('.canvas');
    const times = [];
    let last = performance.now();
    const step = (now) => {
      times.push(now - last);
      last = now;
      canvas.scrollLeft = (times.length * 17) % Math.max(1, canvas.scrollWidth - canvas.clientWidth);
      canvas.scrollTop = (times.length * 13) % Math.max(1, canvas.scrollHeight - canvas.clientHeight);
      if (times.length < 60) {
        requestAnimationFrame(step);
      } else {
        resolve(times.slice(1).sort((a, b) => a - b)[Math.floor(times.length / 2)]);
      }
    };
    requestAnimationFrame(step);
  });
}
