// tests/browser/picture.mjs BINARY SCRATCH: what is drawn is there at once, and can be read.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { longNamed, madeOf, wide } from './architectures.mjs';
import { closed, look, newPage, widened } from './browser.mjs';
import { cutTexts, faultsOfArrows, faultsOfPicture, faultsOfSvg, faultsOfText, firstLook, framesWhilePanning, tallRows } from './measure.mjs';
import { opened, reportOf, rowAt, shop, widths, written } from './reports.mjs';

const made = (count) => written(`made-of-${count}`, madeOf(count));
const reports = {
  shop: () => reportOf('shop', shop),
  outage: () => reportOf('aws-2025-10-20', ['examples/outages/aws-2025-10-20/services-fragile.yaml']),
  long: () => written('long-named', longNamed()),
  wide: () => written('wide', wide),
  5: () => made(5),
  60: () => made(60),
  1000: () => made(1000),
};

/// What is measured of a report's page at a width, before and after its first worst case is chosen.
async function measured(page) {
  const faults = async () => [...(await page.evaluate(faultsOfText)), ...(await page.evaluate(faultsOfPicture))];
  const all = {
    ...(await page.evaluate(faultsOfArrows)), cut: await page.evaluate(cutTexts),
    faults: await faults(), tall: await page.evaluate(tallRows),
  };
  const first = page.locator('.survival tbody button:enabled').first();
  await first.click();
  all.played = await faults();
  await first.click();
  return all;
}

/// Each report is opened once, in a narrow window, which is then widened; all laws share what is seen.
const looks = new Map();
async function* seen(...names) {
  for (const name of names) {
    if (!looks.has(name)) {
      const page = await opened(reports[name](), { width: widths[0] });
      const at = [];
      for (const width of widths) {
        await widened(page, width);
        at.push({ where: `${name} at ${width}`, width, ...(await measured(page)) });
      }
      await closed(page);
      looks.set(name, at);
    }
    yield* looks.get(name);
  }
}

const laws = {
  async 'no arrow leads through a component, nor over another of other ends'() {
    for await (const { where, through, arrows, over } of seen('shop', 'outage', 'long', '5', '60', '1000')) {
      assert.ok(arrows > 2, where);
      assert.deepEqual(through, [], `${where}, of ${arrows}`);
      assert.deepEqual(over, [], `${where}, of ${arrows}`);
    }
  },

  async 'names and what they are stand whole, however narrow the window'() {
    for await (const { where, cut } of seen('shop', 'outage', 'long', '60')) {
      assert.deepEqual(cut, [], where);
    }
    for await (const { width, tall } of seen('shop')) {
      assert.ok(width !== 1280 || tall.length === 0, `in the table of worst cases: ${tall}`);
    }
  },

  async 'no text is cut and no labels overlap at 360, 1280 and 2560 pixels'() {
    for await (const { where, faults, played } of seen(...Object.keys(reports))) {
      assert.deepEqual(faults, [], where);
      assert.deepEqual(played, [], `${where}, played`);
    }
  },

  async 'the first look is all of the picture where that can be read, else where users arrive'() {
    const found = new Set();
    for (const name of ['shop', '5', '60']) {
      const page = await opened(reports[name](), name === '5' ? { width: 2560, height: 1400 } : {});
      const { size, whole, fits, entry } = await page.evaluate(firstLook);
      assert.ok(size > 0.77, `${name}: text is read at ${size}`);
      assert.ok(whole || entry, name);
      assert.equal(whole, fits, name);
      found.add(whole);
      await closed(page);
    }
    assert.equal(found.size, 2);
  },

  async 'between all of the picture and what can be read there are steps, and a larger room'() {
    const page = await opened(reports[60](), { width: 1280 });
    const size = () => page.evaluate(firstLook).then((look) => look.size);
    const [smaller, larger, whole, window] = await page.locator('.zoom .tool').all();
    await whole.click();
    assert.ok((await page.evaluate(firstLook)).whole);
    const sizes = [await size()];
    while (sizes.at(-1) < 0.77) {
      await larger.click();
      sizes.push(await size());
      assert.ok(sizes.at(-1) > sizes.at(-2) && sizes.at(-1) < 1.3 * sizes.at(-2), sizes.join());
    }
    await smaller.click();
    assert.ok((await size()) < sizes.at(-1));
    const narrow = await page.locator('.canvas').boundingBox();
    await window.press('Enter');
    const wide = await page.locator('.canvas').boundingBox();
    assert.ok(wide.width > 2 * narrow.width && wide.x + wide.width <= 1280 && wide.y + wide.height <= 800);
    assert.deepEqual(await page.evaluate(faultsOfPicture), []);
    await page.keyboard.press('Escape');
    assert.deepEqual(await page.locator('.canvas').boundingBox(), narrow);
    await closed(page);
  },

  async 'who is looked for is told with the stack that he stands in'() {
    const report = reports[1000]();
    const page = await opened(report);
    const drawn = new Set(await page.$$eval('.item', (items) => items.map((item) => item.dataset.key)));
    const hidden = report.json.components.find(({ id }) => !drawn.has(id));
    await page.locator('.search input').fill(hidden.name);
    const found = page.locator('.found li', { hasText: hidden.name }).first();
    assert.match(await found.locator('.stack-of').innerText(), /within .+/);
    await page.locator('.search input').fill('edge');
    assert.equal(await page.locator('.found .stack-of').count(), 0, 'who is drawn himself');
    await closed(page);
  },

  async 'what is critical does not look like what is high'() {
    const page = await opened(reports.shop());
    const looks = await page.$$eval('.legend .mark', (marks) => marks.map((mark) => getComputedStyle(mark).fill));
    assert.equal(new Set(looks).size, 4, looks.join());
    await closed(page);
  },

  async 'no labels of a picture in a file overlap at 5 to 60 components'() {
    for (const [name, { svg }] of Object.entries({ shop: reports.shop(), 5: made(5), 20: made(20), 60: made(60) })) {
      const page = await newPage((url) => url === `file://${svg}`, { offline: true });
      await page.goto(`file://${svg}`);
      assert.deepEqual(await page.evaluate(faultsOfSvg), [], name);
      assert.ok((await page.locator('.single').count()) > 0, 'single points are marked');
      await closed(page);
    }
  },

  async 'a report of 100 components is smaller than 1 MB and there at once'() {
    const report = made(100);
    assert.ok(report.json.components.length >= 100);
    const { size } = statSync(report.html);
    assert.ok(size < 1e6, `${size} bytes`);
    // Others may work on the machine meanwhile: the best of three tries counts.
    let busy_s = Infinity;
    for (let i = 0; i < 3 && busy_s >= 1; ++i) {
      let session;
      const page = await opened(report, {}, async (empty) => {
        session = await empty.context().newCDPSession(empty);
        await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      });
      const { metrics } = await session.send('Performance.getMetrics');
      busy_s = metrics.find(({ name }) => name === 'ThreadTime').value;
      console.log(`# 100 components: ${size} bytes, there after ${Math.round(page.opened_ms)} ms and ${busy_s.toFixed(2)} s of work`);
      await closed(page);
    }
    assert.ok(busy_s < 1, `${busy_s} s of work until it is there`);
  },

  async 'of 1,000 components at most 300 things are drawn at once'() {
    const page = await opened(reports[1000](), { height: 720 });
    const drawn = () => page.locator('.canvas .item, .canvas .edge, .canvas .frame').count();
    assert.ok((await drawn()) <= 300);
    await page.getByRole('searchbox').first().fill('service-611');
    await page.locator('.found button').first().click();
    assert.equal(await page.locator('.item.picked').getAttribute('data-key'), 'service-611');
    assert.ok((await drawn()) <= 300);
    await rowAt(page, 3).click();
    assert.ok((await drawn()) <= 300);
    await page.locator('.item.stack').first().click();
    assert.ok((await drawn()) <= 300);
    const stacks = await page.$$eval('.item.stack', (items) =>
      items.map((item) => `${item.querySelector('.name').textContent} ${JSON.stringify(item.dataset.key.split('\t').slice(0, 3))}`));
    assert.equal(new Set(stacks).size, stacks.length, 'stacks of one place are told apart');
    assert.deepEqual(await page.evaluate(faultsOfPicture), []);
    // With the pointer over it, as whoever pans has it. Others may work on the machine meanwhile, so
    // the best of three tries counts: 17 ms where nothing else runs.
    const tries = [];
    for (let i = 0; i < 3; ++i) {
      tries.push(await page.evaluate(framesWhilePanning));
    }
    const frame_ms = Math.min(...tries);
    assert.ok(frame_ms <= 34, `${frame_ms} ms`);
    console.log(`# 1,000 components: there after ${Math.round(page.opened_ms)} ms, a frame while panning takes ${frame_ms.toFixed(1)} ms (median)`);
    await closed(page);
  },
};

process.exit((await look(laws)) === 0 ? 0 : 1);
