// Reports that the tests look at: each is made once, and opened from disk.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPage } from './browser.mjs';

export const [binary, scratch] = process.argv.slice(2);
export const widths = [360, 1280, 2560];
export const shop = ['examples/shop/plan.json', 'examples/shop/overlay.yaml'];

/// A report, and what `compare --service-models` says of the same inputs.
export function withModels(report) {
  report.models ??= JSON.parse(execFileSync(binary, ['compare', ...report.inputs, '--service-models', '-o', 'json']));
  return report;
}

export const shopReport = () => withModels(reportOf('shop', shop));

/// Checks inputs once: the page, the document and the picture beside it, and where they stand.
const reports = new Map();
export function reportOf(name, inputs) {
  if (!reports.has(name)) {
    const [html, json, svg] = ['html', 'json', 'svg'].map((format) => join(scratch, `${name}.${format}`));
    const outputs = Object.entries({ html, json, svg }).flatMap(([format, path]) => ['-o', `${format}=${path}`]);
    execFileSync(binary, ['check', ...inputs, ...outputs, '--soft-fail', '-q']);
    reports.set(name, { inputs, html, svg, json: JSON.parse(readFileSync(json, 'utf8')) });
  }
  return reports.get(name);
}

export function written(name, text) {
  const path = join(scratch, `${name}.yaml`);
  writeFileSync(path, text);
  return reportOf(name, [path]);
}

/// Opens a report from disk, without a network; it may ask for nothing but itself.
/// before  done with the page while it is still empty
export async function opened({ html }, more = {}, before = () => {}) {
  const page = await newPage((url) => url === `file://${html}`, { offline: true, ...more });
  await before(page);
  const began = performance.now();
  await page.goto(`file://${html}`);
  await page.waitForSelector('.canvas svg');
  page.opened_ms = performance.now() - began;
  return page;
}

export const rowAt = (page, index) => page.locator('.survival tbody').nth(index).locator('button');
