// Reads numbers back from the words that tell them: written without a look at how the page does it.

const seconds = { ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400, days: 86400, weeks: 604800, y: 31557600 };

/// "5.4 h" as seconds, with what its last digit may hide.
function duration(text) {
  const match = /^([\d.,]+) (ms|s|min|h|d|days|weeks|y)$/.exec(text);
  return match === null ? null : decimal(match[1], seconds[match[2]]);
}

function decimal(digits, unit) {
  const plain = digits.replaceAll(',', '');
  const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
  const zeros = decimals === 0 ? /0*$/.exec(plain)[0].length : 0;
  const hidden = decimals > 0 ? 10 ** -decimals : 10 ** Math.min(zeros, Math.max(0, plain.length - 2));
  return { value: Number(plain) * unit, hidden: hidden * unit };
}

function percent(text) {
  const match = /^([\d.]+) ?%$/.exec(text);
  return match === null ? null : decimal(match[1], 0.01);
}

/// Does the text tell the value, but for what its last digit hides?
export function isToldRight({ value, as, text }) {
  if (value === 'unbounded') {
    return text === 'unbounded';
  }
  const wanted = Number(value);
  if (as === 'percent' && /^< 0.1 ?%$/.test(text)) {
    return wanted > 0 && wanted < 0.001;
  }
  if (as === 'interval' && text === 'over 1,000,000 y') {
    return wanted > 1e6;
  }
  const scale = { minutes: 60, hours: 3600, interval: 31557600 }[as] ?? 1;
  const exact = as === 'down_a_year' ? (1 - wanted) * 31557600 : wanted * scale;
  const read =
    as === 'money' ? decimal(text.replace('$', ''), 1)
    : as === 'percent' || as === 'availability' ? percent(text)
    : ['count', 'plain', 'times'].includes(as) ? decimal(text, 1)
    : duration(text);
  const slack = as === 'interval' ? 0.01 * exact : 0;
  return read !== null && Math.abs(read.value - exact) <= 0.5001 * read.hidden + slack;
}
