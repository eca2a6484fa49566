// tests/browser/play.mjs BINARY SCRATCH: what happens plays on the picture, in time.
import assert from 'node:assert/strict';
import { madeOf } from './architectures.mjs';
import { closed, downOnPicture, look } from './browser.mjs';
import { faultsOfText } from './measure.mjs';
import { opened, reportOf, rowAt, shop, written } from './reports.mjs';

/// The moments of a story: what is hit at one stands before what follows from it at once.
function momentsOf(row) {
  const depths = new Map(row.effects.map((effect) => [effect.component, effect.depth]));
  const moments = [];
  for (const step of row.story) {
    const key = `${step.at_s} ${step.condition === 'serving' ? 0 : (depths.get(step.component) ?? 0)}`;
    if (moments.at(-1)?.key !== key) {
      moments.push({ key, steps: [] });
    }
    moments.at(-1).steps.push(step);
  }
  return moments;
}

function downAt(moments, last) {
  const conditions = new Map();
  for (const { steps } of moments.slice(0, last + 1)) {
    steps.forEach(({ component, condition }) => conditions.set(component, condition));
  }
  return [...conditions].filter(([, condition]) => condition === 'down').map(([id]) => id).sort();
}

const laws = {
  async 'a worst case plays on the picture, in time and what causes before what follows'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    const index = report.json.survival.findIndex((row) => row.effects.length > 3 && row.story.length > 0);
    const row = report.json.survival[index];
    assert.deepEqual(await downOnPicture(page), []);
    await rowAt(page, index).click();
    const all = row.effects.filter((effect) => effect.condition === 'down').map((effect) => effect.component);
    assert.deepEqual(await downOnPicture(page), all.sort());
    const moments = momentsOf(row);
    assert.ok(moments.length > 2);
    const slider = page.locator('.time input');
    for (const [moment] of moments.entries()) {
      await page.locator('.when').nth(moment).click();
      assert.deepEqual(await downOnPicture(page), downAt(moments, moment), `moment ${moment}`);
      const counts = await page.locator('.counts').innerText();
      const down = downAt(moments, moment).length;
      assert.ok(down === 0 || counts.startsWith(`${down} `), `${counts}: ${down}`);
    }
    assert.deepEqual(await downOnPicture(page), [], 'what ends is over at its end');
    await slider.press('Home');
    await slider.press('ArrowRight');
    assert.equal(await slider.inputValue(), '1');
    for (const effect of row.effects) {
      assert.ok((await page.locator('.moments').textContent()).includes(effect.why));
    }
    await rowAt(page, index).click();
    assert.deepEqual(await downOnPicture(page), []);
    await closed(page);
  },

  async 'whatever lasts a known time is drawn over it, with the moment that is shown'() {
    const outages = ['aws-2025-10-20', 'azure-2025-10-29', 'cloudflare-2025-11-18', 'cloudflare-2025-12-05'];
    const reports = outages.map((day) => [day, reportOf(day, [`examples/outages/${day}/services-fragile.yaml`])]);
    for (const [name, report] of [['shop', reportOf('shop', shop)], ...reports]) {
      const page = await opened(report);
      const rows = report.json.survival.map((row, index) => ({ row, index }));
      const lasting = rows.filter(({ row }) => row.downtime_s !== null && row.downtime_s !== 0 && row.story.length > 0);
      const wanted = name === 'shop' ? lasting : lasting.filter(({ row }) => row.mode === name);
      assert.ok(wanted.length >= (name === 'shop' ? 9 : 1), name);
      for (const { row, index } of wanted) {
        await rowAt(page, index).click();
        const where = `${name}: ${row.case} ${row.mode}`;
        const plots = page.locator('.course .plot');
        assert.ok(row.series !== null && (await plots.count()) > 0, where);
        assert.equal(await plots.locator('svg > path.now').count(), await plots.count(), where);
        assert.equal(await page.locator('.now-told').innerText() === '', false, where);
      }
      assert.deepEqual(await page.evaluate(faultsOfText), [], name);
      await closed(page);
    }
  },

  async 'a surge is drawn over its time, and beside it the moment that is shown'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    const index = report.json.survival.findIndex((row) => row.case === 'surge');
    assert.ok(report.json.survival[index].series.served_per_s.length > 20);
    await rowAt(page, index).click();
    for (const width of [640, 320, 1280]) {
      await page.setViewportSize({ width, height: 800 }); // fewer points across than a plot has values
    }
    assert.equal(await page.locator('.course .plot').count(), 5); // requests, users, latency, replicas, cost
    assert.equal(await page.locator('.course .plot .now').count(), 5);
    assert.equal(await page.locator('.course .plot').first().locator('.line').count(), 6);
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    await closed(page);
  },

  async 'a surge plays minute by minute: who is down, degraded or saturated, and why'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    const index = report.json.survival.findIndex((row) => row.case === 'surge');
    const { story, series } = report.json.survival[index];
    const minutes = Math.floor((series.step_s * series.users.length) / 60);
    await rowAt(page, index).click();
    const slider = page.locator('.time input');
    assert.ok(Number(await slider.getAttribute('max')) >= minutes && minutes > 60);
    assert.deepEqual([...new Set(story.map(({ condition }) => condition))].filter(Boolean).sort(), ['degraded', 'down', 'saturated']);
    const names = new Map(report.json.components.map(({ id, name }) => [id, name]));
    await slider.press('Home');
    const seen = new Set();
    for (let minute = 0; minute <= Number(await slider.getAttribute('max')); minute += 4) {
      const at = await page.locator('.time output').innerText();
      const [, min, s] = /^\+(?:(\d+) min|(\d+) s)/.exec(at.replace(/^\+(\d+) h (\d+)/, (_, h, m) => `+${60 * h + Number(m)}`)) ?? [];
      const now_s = min === undefined ? Number(s) + 0.5 : 60 * min;
      const stands = new Map(story.filter(({ at_s, condition }) => at_s <= now_s && condition).map((step) => [step.component, step]));
      for (const condition of ['down', 'degraded', 'saturated']) {
        const wanted = [...stands].filter(([, step]) => step.condition === condition).map(([id]) => id).sort();
        const drawn = await page.$$eval(`.item[data-condition=${condition}]`, (items) => items.map((item) => item.dataset.key).sort());
        assert.deepEqual(drawn, wanted, `${condition} at ${at}`);
      }
      const told = await page.locator('.now-told').innerText();
      const gravest = [...stands.values()].find(({ condition }) => condition === 'down');
      if (gravest !== undefined) {
        seen.add(told);
        const named = [...stands.values()].some(({ component, cause }) => told.includes(names.get(component)) && told.includes(cause));
        assert.ok(named || story.some(({ at_s, cause }) => at_s === now_s && told.includes(cause)), `${at}: ${told}`);
      }
      assert.ok((await slider.getAttribute('aria-valuetext')).includes(told), 'heard as it is read');
      for (let i = 0; i < 4; ++i) {
        await slider.press('ArrowRight');
      }
    }
    assert.ok(seen.size > 0);
    await closed(page);
  },

  async 'every moment that is played names a cause of what is down'() {
    for (const [name, report] of [['shop', reportOf('shop', shop)], ['60', written('made-of-60', madeOf(60))]]) {
      for (const { case: worst, story } of report.json.survival) {
        const nameless = story.filter(({ condition, cause, event }) => ['down', 'degraded', 'saturated'].includes(condition) && cause === '' && event === '');
        assert.deepEqual(nameless, [], `${name}: ${worst}`);
      }
    }
  },

  async 'a real outage plays in time, and the play button walks through it'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    const index = report.json.survival.findIndex((row) => row.case === 'incident' && row.story.length > 2);
    const { story } = report.json.survival[index];
    await rowAt(page, index).click();
    const moments = new Set(story.map((step) => step.at_s));
    assert.equal(await page.locator('.moments > li').count(), moments.size);
    await page.locator('.time input').press('End');
    const back = story.filter((step) => step.condition === 'serving').length;
    assert.ok(back > 0);
    assert.deepEqual(await downOnPicture(page), []);
    await page.locator('.time button').click();
    for (let waits = 0; waits < 50 && (await page.locator('.time input').inputValue()) === '0'; ++waits) {
      await page.waitForTimeout(100);
    }
    assert.notEqual(await page.locator('.time input').inputValue(), '0');
    await closed(page);
  },

  async 'a way of an intruder is drawn on the same picture'() {
    const report = reportOf('shop', shop);
    const page = await opened(report);
    const index = report.json.security.paths.findIndex((path) => path.steps.length > 2);
    await page.locator('.way button').nth(index).click();
    const drawn = await page.$$eval('.item.way', (items) => items.map((item) => item.dataset.key).sort());
    const known = new Set(report.json.components.map((component) => component.id));
    const steps = report.json.security.paths[index].steps.map((step) => step.component);
    assert.deepEqual(drawn, [...new Set(steps.filter((id) => known.has(id)))].sort());
    await closed(page);
  },
};

process.exit((await look(laws)) === 0 ? 0 : 1);
