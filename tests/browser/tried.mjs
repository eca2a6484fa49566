// tests/browser/tried.mjs BINARY SCRATCH: what is tried on the page of `outlast serve`, and what comes of it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { closed, downOnPicture, look } from './browser.mjs';
import { faultsOfPicture, faultsOfText } from './measure.mjs';
import { asked, assertTold, file, named, opened, server, tab, text, tried } from './served.mjs';

const laws = {
  async 'a zone burns: the verdict, the story, and who is down on the picture'() {
    const page = await opened();
    await page.locator('.blows input[value=fire]').check();
    await page.locator('.field select').selectOption('us-east-1b');
    const scenario = await page.locator('.text').inputValue();
    await page.locator('.act').click();
    await page.waitForSelector('.outcome .told');
    const answer = await asked(page, '/api/simulate', { scenario });
    assert.equal(answer.survives, 'no');
    assert.equal(await page.locator('.outcome .told').innerText(), `✕no ${answer.because}`);
    await assertTold(page, answer);
    const changes = answer.story.filter(({ condition }) => condition !== null);
    const down = changes.filter(({ condition }) => condition === 'down');
    assert.deepEqual(down.map(({ component }) => component).sort(), ['db', 'web']); // one needs the other
    assert.deepEqual(await downOnPicture(page), ['db', 'web']);
    for (const { component, cause } of changes) {
      assert.ok(cause !== '' && (await page.locator('.moments').textContent()).includes(cause), component);
    }
    assert.equal(changes.find(({ component }) => component === 'web').cause, 'needs db');
    const minutes = Math.floor((answer.series.step_s * answer.series.offered_per_s.length) / 60);
    assert.ok(minutes > 5 && Number(await page.locator('.time input').getAttribute('max')) >= minutes, 'minute by minute');
    for (const { event } of answer.story.slice(0, 5)) {
      assert.ok((await page.locator('.moments').textContent()).includes(event), event);
    }
    assert.ok((await page.locator('.outcome .plot').count()) >= 2);
    await page.locator('.time input').fill('0');
    assert.equal(await page.locator('.outcome .plot .now').count(), await page.locator('.outcome .plot').count());
    await closed(page);
  },

  async 'servers, names and changes fail, users come, a real outage plays'() {
    const page = await opened();
    for (const blow of ['server', 'zone', 'region', 'dns', 'config', 'release', 'slow']) {
      const scenario = await page.locator(`.blows input[value=${blow}]`).check()
        .then(() => page.locator('.text').inputValue());
      await page.locator('.act').click();
      await page.getByRole('group', { name: 'What comes of it' }).waitFor();
      const answer = await asked(page, '/api/simulate', { scenario });
      assert.ok(answer.story.length > 0, blow);
      assert.equal(await page.locator('#picture-title small').innerText(), answer.scenario);
    }
    await tried(page, 'users');
    const surge = await asked(page, '/api/surge', { from: 100, to: 1000000, in: '10m' });
    await assertTold(page, surge);
    const hurt = surge.story.filter(({ condition, component }) => condition !== null || component === '');
    assert.ok(hurt.length > 2 && hurt.every(({ cause }) => cause !== ''), JSON.stringify(surge.story));
    const slider = page.locator('.time input');
    await slider.press('End');
    assert.equal(await page.locator('.time output').innerText(), '+1 h 10 min'); // an hour after the last have come
    const last = new Map(surge.story.filter(({ condition }) => condition).map((step) => [step.component, step.condition]));
    for (const [component, condition] of last) {
      assert.equal(await page.locator(`.item[data-key="${component}"]`).getAttribute('data-condition'), condition);
    }
    const told = await page.locator('.now-told').innerText();
    assert.ok(hurt.some(({ cause }) => told.includes(cause)), `who is hurt, and why, also when nothing new happens: ${told}`);
    await tried(page, 'incident');
    assert.match(await page.locator('#picture-title small').innerText(), /./);
    await closed(page);
  },

  async 'what is refused is told in words of the page, not of the command line'() {
    const page = await opened();
    const refused = [
      ['/api/surge', { from: 500, to: 100 }],
      ['/api/surge', { from: 0, to: 1e15 }],
      ['/api/surge', { in: 'soon' }],
      ['/api/simulate', { scenario: 'scenario: x\nfaults: [{at: 1h, fault: down, match: {component: db}}]\n', until: '1m' }],
      ['/api/simulate', { scenario: 'scenario: x\nfaults: [{at: 1m, fault: down, match: {component: db}}]\n', until: '9d' }],
      ['/api/replay', { incident: 'aws-2025-10-20', at: '99:00' }],
    ];
    for (const [path, question] of refused) {
      const answer = await asked(page, path, question);
      assert.equal(answer.diagnostics.length, 1, JSON.stringify(answer));
      assert.ok(!/(^|\s)--?[a-z]/.test(JSON.stringify(answer)), JSON.stringify(answer.diagnostics));
    }
    page.faults.length = 0; // Chromium tells of each that is refused
    await closed(page);
  },

  async 'the outages of 2025 play, and what is lost is drawn over their time'() {
    const page = await opened();
    for (const day of ['aws-2025-10-20', 'azure-2025-10-29', 'cloudflare-2025-11-18', 'cloudflare-2025-12-05']) {
      const fragile = readFileSync(`examples/outages/${day}/services-fragile.yaml`, 'utf8');
      writeFileSync(file, fragile.replace(/^name: .*$/m, `name: ${day}`));
      await named(page, day);
      await tab(page, 'try');
      await page.locator('.blows input[value=incident]').check();
      await page.locator('.field select').selectOption(day);
      await page.locator('.act').click();
      await page.waitForSelector('.outcome .told');
      const answer = await asked(page, '/api/replay', { incident: day });
      assert.equal(answer.survives, 'no');
      assert.ok(answer.series.lost_fraction.length > 20 && Object.keys(answer.series.components).length > 0);
      assert.ok((await page.locator('.outcome .plot').count()) >= 2, day); // of all, and by component
      const plots = await page.locator('.outcome .plot').count();
      assert.equal(await page.locator('.outcome .plot svg > path.now').count(), plots);
      await assertTold(page, answer);
      assert.deepEqual(await page.evaluate(faultsOfText), [], day);
    }
    writeFileSync(file, text);
    await named(page, 'shop');
    await closed(page);
  },

  async 'what it costs with more users is drawn beside its twins on other service models'() {
    const page = await opened();
    await tab(page, 'compare');
    await page.locator('.blows input[value=models]').check();
    await page.locator('.act').click();
    await page.waitForSelector('.outcome .plot');
    const answer = await asked(page, '/api/service-models', {});
    const { variants } = answer;
    assert.ok(variants.length > 1 && variants[0].cost_by_users.length > 5);
    assert.equal(await page.locator('.outcome .plot svg[role=img] .line').count(), variants.length);
    await assertTold(page, answer);
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    await closed(page);
  },

  async 'a question that takes long is cancelled'() {
    const page = await opened();
    await page.route('**/api/simulate', () => {}); // never answered
    await page.locator('.act').click();
    await page.locator('.asking button').click();
    assert.equal(await page.locator('.asking progress').count(), 0);
    await closed(page);
  },

  async 'no text is cut and no labels overlap at 360, 1280 and 2560 pixels'() {
    for (const width of [360, 1280, 2560]) {
      const page = await opened({ width, colorScheme: width === 1280 ? 'dark' : 'light' });
      for (const name of ['edit', 'compare', 'history', 'try']) {
        await tab(page, name);
        assert.deepEqual(await page.evaluate(faultsOfText), [], `${name} at ${width}`);
      }
      for (const blow of ['fire', 'users', 'incident']) {
        await tried(page, blow);
        assert.deepEqual(await page.evaluate(faultsOfText), [], `${blow} at ${width}`);
        assert.deepEqual(await page.evaluate(faultsOfPicture), [], `${blow} at ${width}`);
      }
      await closed(page);
    }
  },

  async 'a surge of many parts is told at 360 pixels in Korean, too'() {
    const parts = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `  ${name}: { type: aws.ec2, region: us-east-1, zones: [us-east-1a] }\n`);
    writeFileSync(file, text.replace('needs: [db]', 'needs: [db, a, b, c, d, e, f]').replace('name: shop', 'name: parts') + parts.join(''));
    const page = await opened({ width: 360, locale: 'ko-KR' });
    await named(page, 'parts');
    await tried(page, 'users');
    assert.ok((await page.locator('.outcome .plot figcaption li').count()) > 6);
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    assert.match(await page.locator('.now-told').innerText(), /[가-힣]/);
    await closed(page);
    writeFileSync(file, text);
  },
};

const failed = await look(laws);
server.kill('SIGINT');
process.exit(failed === 0 ? 0 : 1);
