/// Numbers as people read them, the same digits as the command line prints.
import { language, say } from './words.svelte';

const secondsPerYear = 365.25 * 86400;
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/// Of two that are as near the one with the even last digit, as the command line rounds.
function fixed(value: number, decimals: number): string {
  const scaled = value * 10 ** decimals;
  const isBetween = Math.abs(scaled - Math.trunc(scaled)) === 0.5;
  const even = 2 * Math.round(scaled / 2);
  return (isBetween ? even / 10 ** decimals : value).toFixed(decimals);
}

function twoDigits(value: number, unit: string): string {
  const isFine = value < 9.95 && Math.abs(value - Math.round(value)) > 0.05;
  return `${fixed(value, isFine ? 1 : 0)}${gap()}${unit}`;
}

/// Korean writes units of words without a space.
function gap(): string {
  return language.now === 'ko' ? '' : ' ';
}

export function duration(seconds: number | 'unbounded'): string {
  if (seconds === 'unbounded') {
    return say('unbounded');
  }
  if (seconds < 0.0005) {
    return `0${gap()}${say('unit_s')}`;
  }
  if (seconds < 1) {
    return `${(seconds * 1000).toFixed(0)}${gap()}ms`;
  }
  if (seconds < 99.5) {
    return twoDigits(seconds, say('unit_s'));
  }
  if (seconds < 99.5 * 60) {
    return twoDigits(seconds / 60, say('unit_min'));
  }
  return seconds < 47.5 * 3600
    ? twoDigits(seconds / 3600, say('unit_h'))
    : twoDigits(seconds / 86400, say('unit_d'));
}

export function interval(years: number): string {
  if (years < 1 / 52) {
    return twoDigits(years * 365.25, say('unit_days'));
  }
  if (years < 0.5) {
    return twoDigits(years * 52.18, say('unit_weeks'));
  }
  if (years < 9.95) {
    return twoDigits(years, say('unit_y'));
  }
  if (years > 1e6) {
    return say('very_rare');
  }
  let unit = 1;
  while (years / unit >= 99.5) {
    unit *= 10;
  }
  return `${grouped(Math.round(years / unit) * unit)}${gap()}${say('unit_y')}`;
}

export function grouped(value: number): string {
  return whole.format(Math.round(value));
}

export function percent(share: number): string {
  if (share > 0 && share < 0.001) {
    return `< 0.1${gap()}%`;
  }
  return `${Number((share * 100).toPrecision(3))}${gap()}%`;
}

export function availability(share: number): string {
  const lost = 1 - share;
  if (lost <= 0) {
    return `100${gap()}%`;
  }
  let decimals = 2;
  for (let step = 1e-3; lost < step && decimals < 9; step /= 10) {
    ++decimals;
  }
  return `${(share * 100).toFixed(decimals)}${gap()}%`;
}

export function money(dollars: number): string {
  return `$${(Number.isInteger(dollars) ? whole : cents).format(dollars)}`;
}

export type Form =
  | 'availability'
  | 'count'
  | 'down_a_year'
  | 'duration'
  | 'hours'
  | 'interval'
  | 'minutes'
  | 'money'
  | 'percent'
  | 'plain'
  | 'times';

/// One form of telling a number of the document.
export function told(value: number | string, form: Form): string {
  if (typeof value === 'string') {
    return value === 'unbounded' ? say('unbounded') : value;
  }
  switch (form) {
    case 'availability':
      return availability(value);
    case 'count':
      return grouped(value);
    case 'down_a_year':
      return duration((1 - value) * secondsPerYear);
    case 'duration':
      return duration(value);
    case 'hours':
      return duration(value * 3600);
    case 'interval':
      return interval(value);
    case 'minutes':
      return duration(value * 60);
    case 'money':
      return money(value);
    case 'percent':
      return percent(value);
    case 'plain':
      return String(Number(value.toPrecision(2)));
    case 'times':
      return value < 9.95 ? fixed(value, 1) : grouped(value);
  }
}

/// "+1 h 12 min": how long after the beginning.
export function offset(seconds: number | 'unbounded'): string {
  if (seconds === 'unbounded') {
    return say('unbounded');
  }
  const minutes = Math.round(seconds / 60);
  if (seconds < 300 && seconds % 60 !== 0) {
    return `+${Math.round(seconds)}${gap()}${say('unit_s')}`;
  }
  const [min, h, d] = [say('unit_min'), say('unit_h'), say('unit_d')];
  if (minutes < 60) {
    return `+${minutes}${gap()}${min}`;
  }
  return minutes < 3 * 1440
    ? `+${Math.floor(minutes / 60)}${gap()}${h} ${String(minutes % 60).padStart(2, '0')}${gap()}${min}`
    : `+${Math.floor(minutes / 1440)}${gap()}${d} ${Math.floor((minutes % 1440) / 60)}${gap()}${h}`;
}
