// tests/browser/page.mjs BINARY SCRATCH: the page is there for everybody, by keyboard, heard, on paper.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { hostile, madeOf } from './architectures.mjs';
import { closed, downOnPicture, look, tabTo, unnamed } from './browser.mjs';
import { faultsOfText, linesOfPlots } from './measure.mjs';
import { binary, opened, reportOf, scratch, shop, withModels, written } from './reports.mjs';

const laws = {
  async 'all of it is done by keyboard alone'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    await tabTo(page, '.skip');
    await page.keyboard.press('Enter');
    await tabTo(page, '.survival tbody button');
    await page.keyboard.press('Enter');
    assert.ok((await downOnPicture(page)).length > 0);
    await tabTo(page, '.time input');
    await page.keyboard.press('Home');
    assert.equal(await page.locator('.time input').inputValue(), '0');
    await tabTo(page, '.item');
    const first = await page.evaluate(() => document.activeElement.dataset.key);
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate(() => document.activeElement.dataset.key);
    assert.notEqual(first, second);
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.card').isVisible());
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.card').count(), 0);
    await closed(page);
  },

  async 'what closes, opens or is found gives the focus on'() {
    const page = await opened(reportOf('shop', shop));
    const focused = () => page.evaluate(() => document.activeElement.dataset.key ?? document.activeElement.textContent.trim());
    const row = page.locator('.survival tbody button').first();
    await row.press('Enter');
    await page.locator('.objective .link').press('Enter');
    assert.equal(await focused(), await row.innerText());
    const item = page.locator('.item').first();
    const key = await item.getAttribute('data-key');
    await item.press('Enter');
    await page.locator('.card h3 .link').press('Enter');
    assert.equal(await focused(), key);
    await page.locator('.search input').fill('carts');
    await page.locator('.found button').first().press('Enter');
    assert.match(await focused(), /carts/);
    await closed(page);
    const many = await opened(written('made-of-300', madeOf(300)));
    await many.locator('.item.stack').first().press('Enter');
    assert.ok(await many.evaluate(() => document.activeElement.matches('.item')), 'in the stack');
    await many.locator('.controls .tool').press('Enter');
    assert.ok(await many.evaluate(() => document.activeElement.matches('.item')), 'on the picture');
    await many.locator('.zoom [aria-pressed]').press('Enter');
    for (let i = 0; i < 12; ++i) {
      await many.keyboard.press('Tab');
      assert.ok(await many.evaluate(() => document.activeElement === document.body || document.activeElement.closest('.picture') !== null),
        'nothing is reached below a picture that takes the whole window');
    }
    await many.keyboard.press('Escape');
    assert.equal(await many.locator('[inert]').count(), 0);
    await closed(many);
  },

  async 'nothing is told beside the window, and bars by one scale, however narrow it is'() {
    const page = await opened(withModels(reportOf('shop', shop)), { width: 360 });
    const { wide, scales } = await page.evaluate(() => ({
      wide: [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.closest('section').id),
      scales: [...document.querySelectorAll('.bars')].map((list) =>
        new Set([...list.querySelectorAll('.bar')].map((bar) => Math.round(bar.getBoundingClientRect().width))).size),
    }));
    assert.deepEqual(wide, []);
    assert.ok(scales.length > 1 && scales.every((count) => count === 1), scales.join());
    await closed(page);
  },

  async 'what nothing has a price for is not told to cost nothing'() {
    const page = await opened(written('unpriced', 'outlast: 1\nname: unpriced\njourneys: {visit: {enters: web}}\ncomponents:\n  web: {type: kubernetes.deployment, replicas: 2}\n'));
    const cost = await page.locator('#cost').innerText();
    assert.ok(!cost.includes('$0') && /unknown/.test(cost), cost);
    await closed(page);
  },

  async 'landmarks, headings and names are there for those who listen'() {
    const page = await opened(reportOf('shop', shop));
    assert.deepEqual(await unnamed(page), []);
    for (const landmark of ['header', 'nav', 'main', 'footer', 'h1', 'th[scope=row]']) {
      assert.ok((await page.locator(landmark).count()) > 0, landmark);
    }
    assert.equal(await page.locator('main').count(), 1);
    assert.equal(await page.locator('h1').count(), 1);
    await closed(page);
  },

  async 'the page speaks Korean'() {
    const page = await opened(reportOf('shop', shop));
    await page.getByRole('button', { name: '한국어' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'ko');
    const heads = await page.locator('h2').allTextContents();
    heads.forEach((head) => assert.match(head, /[가-힣]/));
    const columns = await page.locator('thead th').allTextContents();
    columns.forEach((column) => assert.match(column, /[가-힣]/));
    const sentences = '.finding h3, .finding > div > p:first-of-type, .survival .why .quiet, .moments .quiet';
    for (const sentence of await page.locator(sentences).allTextContents()) {
      assert.match(sentence, /[가-힣]/);
    }
    assert.match(await page.locator('.survival tbody').first().textContent(), /[가-힣]/);
    await closed(page);
    const html = join(scratch, 'korean.html');
    execFileSync(binary, ['check', ...shop, '--lang', 'ko', '-o', `html=${html}`, '--soft-fail', '-q']);
    const asked = await opened({ html });
    assert.equal(await asked.evaluate(() => document.documentElement.lang), 'ko', 'as --lang says');
    await closed(asked);
    const korean = await opened(reportOf('shop', shop), { locale: 'ko-KR', width: 360 });
    assert.equal(await korean.evaluate(() => document.documentElement.lang), 'ko');
    assert.deepEqual(await korean.evaluate(faultsOfText), []);
    await closed(korean);
  },

  async 'every table has a name'() {
    const page = await opened(reportOf('shop', shop));
    const nameless = await page.locator('table').evaluateAll((tables) =>
      tables.filter((table) => !(document.getElementById(table.getAttribute('aria-labelledby'))?.textContent
        ?? table.ariaLabel)).map((table) => table.outerHTML.slice(0, 80)));
    assert.deepEqual(nameless, []);
    assert.ok(await page.locator('table').count() > 5);
    await closed(page);
  },

  async 'names act as text'() {
    const page = await opened(written('hostile', hostile));
    assert.equal(await page.locator('img, #page script').count(), 0);
    assert.match(await page.title(), /^<\/script><script>/);
    assert.ok((await page.locator('.canvas').textContent()).includes('alert(1)>'));
    assert.ok((await page.locator('main').textContent()).includes('{{7*7}} ${1+1}'));
    const all = await page.locator('#page').textContent();
    assert.ok(all.includes('gnp\\u202eexe') && !all.includes('\u202e'), 'nothing turns the writing');
    await closed(page);
  },

  async 'dark and light by the system, and by the reader'() {
    const page = await opened(reportOf('shop', shop), { colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await paper();
    await page.locator('header .tool').click();
    assert.notEqual(await paper(), dark);
    await closed(page);
  },

  async 'lines of a plot are told apart without their colour, and stand out on light and dark'() {
    for (const colorScheme of ['light', 'dark']) {
      const page = await opened(withModels(reportOf('shop', shop)), { colorScheme });
      const lines = await page.evaluate(linesOfPlots);
      assert.equal(new Set(lines.map(({ stroke }) => stroke)).size, lines.length);
      assert.equal(new Set(lines.slice(0, -1).map(({ dashes }) => dashes)).size, lines.length - 1);
      assert.deepEqual(lines.filter(({ contrast }) => contrast < 3), [], colorScheme);
      await closed(page);
    }
  },

  async 'a printed page hides nothing behind a button'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.finding').count(), report.json.findings.length);
    assert.equal(await page.locator('nav').isVisible(), false);
    assert.equal(await page.locator('.hint').isVisible(), false, 'nothing asks to be chosen');
    assert.ok((await page.pdf()).length > 10000);
    await page.setViewportSize({ width: 718, height: 1040 }); // A4 within its margins
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    await closed(page);
    const dark = await opened(report, { colorScheme: 'dark' });
    await dark.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const [ink, paper] = await dark.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.documentElement);
      return [color, backgroundColor].map((of) => Math.max(...of.match(/\d+/g).map(Number)));
    });
    assert.ok(ink < 60 && paper === 255, `on paper that is white: ${ink} on ${paper}`);
    await closed(dark);
  },
};

process.exit((await look(laws)) === 0 ? 0 : 1);
