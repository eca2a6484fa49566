// `outlast serve` as the tests use it: a server of one blueprint, and its page.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newPage } from './browser.mjs';
import { numbersTold } from './measure.mjs';
import { isToldRight } from './told.mjs';

const [binary, scratch] = process.argv.slice(2);
export const folder = mkdtempSync(join(scratch, 'served-'));
export const file = join(folder, 'shop.yaml');
export const text = `outlast: 1
name: shop
objectives: {availability: 99.9%, users: {now: 500, peak: 20000}}
journeys:
  buy: { enters: web, operations: [read], weight: 100% }
components:
  web: { type: aws.ec2, region: us-east-1, zones: [us-east-1a], replicas: 2, at_least: 1, needs: [db] }
  db: { type: aws.rds.mysql, region: us-east-1, zones: [us-east-1b] }
`;
writeFileSync(file, text);

/// A server, and the address that it prints.
export async function served(inputs, history, cwd = undefined) {
  const options = { stdio: ['ignore', 'pipe', 'ignore'], cwd };
  const process = spawn(binary, ['serve', ...inputs, '--history-file', join(folder, history)], options);
  const line = await new Promise((resolve) => {
    createInterface({ input: process.stdout }).once('line', resolve);
  });
  return { process, address: new URL(line) };
}

/// Opens the page by the address that was printed; it may ask nobody but its server.
export async function openedAt(address, more = {}) {
  const page = await newPage((url) => url.startsWith(address.origin), more);
  await page.goto(address.href);
  return page;
}

export const { process: server, address } = await served([file], 'history.sqlite');

export async function opened(more = {}) {
  const page = await openedAt(address, more);
  await page.waitForSelector('.canvas svg');
  return page;
}

export const tab = (page, name) => page.locator(`#tab-${name}`).click();
export const area = (page) => page.locator('.sheet textarea');
export const named = (page, name) => page.locator('#verdict .name', { hasText: name }).waitFor();

/// What the server answers to the same question.
export function asked(page, path, question) {
  return page.evaluate(
    async ([to, what]) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(to, { method: 'POST', headers, body: JSON.stringify(what) })).json();
    },
    [path, question],
  );
}

export async function tried(page, blow) {
  await tab(page, 'try');
  await page.locator(`.blows input[value=${blow}]`).check();
  await page.locator('.act').click();
  await page.waitForSelector('.outcome .told');
}

/// Every number below is the one of the answer.
export async function assertTold(page, answer) {
  const numbers = (await page.evaluate(numbersTold)).filter(({ at }) => at !== undefined);
  const own = new Set(await page.$$eval('.outcome data', (all) => all.map((one) => one.dataset.at)));
  assert.ok(own.size > 3);
  for (const number of numbers.filter(({ at }) => own.has(at))) {
    const value = number.at.split('/').slice(1).reduce((from, part) => from[part], answer);
    assert.equal(number.value, String(value), number.at);
    assert.ok(isToldRight(number), `${number.at}: ${number.value} as "${number.text}"`);
  }
}
