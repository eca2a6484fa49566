// What all tests in a browser share: Chromium, pages that must not complain, and laws that hold.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { chromium } = createRequire(join(process.cwd(), 'webui/'))('playwright-core');

/// Chromium without windows is the same engine, and opens a page in half the time.
const installed = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));

export const browser = await chromium.launch({
  executablePath: process.env.OUTLAST_CHROMIUM ?? installed,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage',
  ],
});

/// A page; what it says on the console, and what it asks of others than itself, is a fault.
/// mayAsk  tells of a URL whether the page may ask for it
export async function newPage(mayAsk, { width = 1280, height = 800, ...more } = {}) {
  const context = await browser.newContext({
    locale: 'en-US', reducedMotion: 'reduce', viewport: { width, height }, ...more,
  });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => page.faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!mayAsk(request.url()) && !request.url().startsWith('data:')) {
      page.faults.push(`asks for ${request.url()}`);
    }
  });
  return page;
}

/// Makes the window so wide, and waits until the page has settled in it.
export async function widened(page, width) {
  await page.setViewportSize({ width, height: page.viewportSize().height });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

export async function closed(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

/// Presses Tab until something of this kind has the focus.
export async function tabTo(page, what, key = 'Tab') {
  const focused = () => page.evaluate((selector) => document.activeElement.matches(selector), what);
  for (let i = 0; i < 80 && !(await focused()); ++i) {
    await page.keyboard.press(key);
  }
  assert.ok(await focused(), `${key} comes to ${what}`);
}

/// What can be used and has no name for those who listen.
export function unnamed(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, input, select, textarea, progress, [role=button], [role=img], [role=tab], [role=tabpanel], section, nav, aside')]
      .filter((element) => {
        const label = element.getAttribute('aria-label') ?? '';
        const by = document.getElementById(element.getAttribute('aria-labelledby'))?.textContent ?? '';
        const labels = [...(element.labels ?? [])].map((one) => one.textContent).join('');
        return (label + by + labels + element.textContent).trim() === '';
      })
      .map((element) => element.outerHTML.slice(0, 80)));
}

export const downOnPicture = (page) =>
  page.$$eval('.item[data-condition=down]', (items) => items.map((item) => item.dataset.key).sort());

/// Looks at all laws, or at those of which the third argument is a part; returns how many do not hold.
export async function look(all) {
  const laws = Object.fromEntries(Object.entries(all).filter(([law]) => law.includes(process.argv[4] ?? '')));
  let failed = 0;
  const began = performance.now();
  for (const [law, holds] of Object.entries(laws)) {
    const start = performance.now();
    try {
      await holds();
      console.log(`ok ${law} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${law}\n${error.message}`);
    }
  }
  await browser.close();
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`# ${Object.keys(laws).length - failed} hold, ${failed} do not; ${seconds} s`);
  return failed;
}
