// tests/browser/picture.mjs BINARY SCRATCH: what is drawn is there at once, and can be read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longNamed, madeOf, wide } from './architectures.mjs';
import { closed, look, newPage } from './browser.mjs';
import { arrowsOverEachOther, arrowsThroughBoxes, cutTexts, faultsOfPicture, faultsOfSvg, faultsOfText, framesWhilePanning } from './measure.mjs';
import { binary, opened, reportOf, rowAt, scratch, shop, widths, written } from './reports.mjs';

const laws = {
  async 'no arrow leads through a component, nor over another of other ends'() {
    const outage = reportOf('aws-2025-10-20', ['examples/outages/aws-2025-10-20/services-fragile.yaml']);
    const all = { shop: reportOf('shop', shop), outage, long: written('long-named', longNamed()) };
    for (const count of [5, 60, 1000]) {
      all[count] = written(`made-of-${count}`, madeOf(count));
    }
    for (const [name, report] of Object.entries(all)) {
      for (const width of widths) {
        const page = await opened(report, { width });
        const { through, arrows } = await page.evaluate(arrowsThroughBoxes);
        assert.ok(arrows > 2, name);
        assert.deepEqual(through, [], `${name} at ${width}, of ${arrows}`);
        assert.deepEqual(await page.evaluate(arrowsOverEachOther), [], `${name} at ${width}, of ${arrows}`);
        await closed(page);
      }
    }
  },

  async 'names and what they are stand whole, however narrow the window'() {
    const outage = reportOf('aws-2025-10-20', ['examples/outages/aws-2025-10-20/services-fragile.yaml']);
    const all = { shop: reportOf('shop', shop), outage, long: written('long-named', longNamed()), 60: written('made-of-60', madeOf(60)) };
    for (const width of widths) {
      for (const [name, report] of Object.entries(all)) {
        const page = await opened(report, { width });
        assert.deepEqual(await page.evaluate(cutTexts), [], `${name} at ${width}`);
        assert.deepEqual(await page.evaluate(faultsOfPicture), [], `${name} at ${width}`);
        await closed(page);
      }
    }
    const page = await opened(reportOf('shop', shop), { width: 1280 });
    const tall = await page.$$eval('.survival th button', (all) =>
      all.filter((button) => button.getBoundingClientRect().height > 30).map((button) => button.textContent.trim()));
    assert.deepEqual(tall, [], 'in the table of worst cases');
    await closed(page);
  },

  async 'what is critical does not look like what is high'() {
    const page = await opened(reportOf('shop', shop));
    const looks = await page.$$eval('.legend .mark', (marks) => marks.map((mark) => getComputedStyle(mark).fill));
    assert.equal(new Set(looks).size, 4, looks.join());
    await closed(page);
  },

  async 'no text is cut and no labels overlap at 360, 1280 and 2560 pixels'() {
    const all = { shop: reportOf('shop', shop), wide: written('wide', wide) };
    for (const count of [5, 60]) {
      all[count] = written(`made-of-${count}`, madeOf(count));
    }
    for (const width of widths) {
      for (const [name, report] of Object.entries(all)) {
        const page = await opened(report, { width });
        const where = `${name} at ${width}`;
        assert.deepEqual(await page.evaluate(faultsOfText), [], where);
        assert.deepEqual(await page.evaluate(faultsOfPicture), [], where);
        await rowAt(page, 0).click();
        assert.deepEqual(await page.evaluate(faultsOfText), [], `${where}, played`);
        assert.deepEqual(await page.evaluate(faultsOfPicture), [], `${where}, played`);
        await closed(page);
      }
    }
  },

  async 'no labels of a picture in a file overlap at 5 to 60 components'() {
    const pictures = Object.fromEntries([5, 20, 60].map((count) => [count, [join(scratch, `made-of-${count}.yaml`)]]));
    [5, 20, 60].forEach((count) => writeFileSync(pictures[count][0], madeOf(count)));
    for (const [name, inputs] of Object.entries({ shop, ...pictures })) {
      const svg = join(scratch, `${name}.svg`);
      execFileSync(binary, ['check', ...inputs, '-o', `svg=${svg}`, '--soft-fail', '-q']);
      const page = await newPage((url) => url === `file://${svg}`, { offline: true });
      await page.goto(`file://${svg}`);
      assert.deepEqual(await page.evaluate(faultsOfSvg), [], name);
      assert.ok((await page.locator('.single').count()) > 0, 'single points are marked');
      await closed(page);
    }
  },

  async 'a report of 100 components is smaller than 1 MB and there at once'() {
    const report = written('made-of-100', madeOf(100));
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
    const page = await opened(written('made-of-1000', madeOf(1000)), { height: 720 });
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
