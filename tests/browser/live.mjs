// tests/browser/live.mjs BINARY SCRATCH: uses the page of `outlast serve` as people do.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { closed, downOnPicture, look, newPage, tabTo, unnamed } from './browser.mjs';
import { faultsOfPicture, faultsOfText, numbersTold } from './measure.mjs';
import { isToldRight } from './told.mjs';

const [binary, scratch] = process.argv.slice(2);
const file = join(scratch, 'shop.yaml');
const text = `outlast: 1
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
async function served(inputs, history, cwd = undefined) {
  const options = { stdio: ['ignore', 'pipe', 'ignore'], cwd };
  const process = spawn(binary, ['serve', ...inputs, '--history-file', join(scratch, history)], options);
  const line = await new Promise((resolve) => {
    createInterface({ input: process.stdout }).once('line', resolve);
  });
  return { process, address: new URL(line) };
}

const { process: server, address } = await served([file], 'history.sqlite');

/// Opens the page by the address that was printed; it may ask nobody but its server.
async function opened(more = {}) {
  const page = await newPage((url) => url.startsWith(address.origin), more);
  await page.goto(address.href);
  await page.waitForSelector('.canvas svg');
  return page;
}

const tab = (page, name) => page.locator(`#tab-${name}`).click();
const area = (page) => page.locator('.sheet textarea');

const named = (page, name) => page.locator('#verdict .name', { hasText: name }).waitFor();

/// What the server answers to the same question.
function asked(page, path, question) {
  return page.evaluate(
    async ([to, what]) => {
      const headers = { 'Content-Type': 'application/json' };
      return (await fetch(to, { method: 'POST', headers, body: JSON.stringify(what) })).json();
    },
    [path, question],
  );
}

async function tried(page, blow) {
  await tab(page, 'try');
  await page.locator(`.blows input[value=${blow}]`).check();
  await page.locator('.act').click();
  await page.waitForSelector('.outcome .told');
}

/// Every number below is the one of the answer.
async function assertTold(page, answer) {
  const numbers = (await page.evaluate(numbersTold)).filter(({ at }) => at !== undefined);
  const own = new Set(await page.$$eval('.outcome data', (all) => all.map((one) => one.dataset.at)));
  assert.ok(own.size > 3);
  for (const number of numbers.filter(({ at }) => own.has(at))) {
    const value = number.at.split('/').slice(1).reduce((from, part) => from[part], answer);
    assert.equal(number.value, String(value), number.at);
    assert.ok(isToldRight(number), `${number.at}: ${number.value} as "${number.text}"`);
  }
}

const laws = {
  async 'the token leaves the address, and no script may read it'() {
    const page = await opened();
    assert.equal(page.url(), `${address.origin}/`);
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.equal(await page.evaluate(() => document.referrer), '');
    const refused = await page.evaluate(() =>
      fetch('https://outlast.invalid/').then(() => 'asked', () => 'refused'));
    assert.equal(refused, 'refused');
    assert.match(page.faults.join(), /Content Security Policy/);
    page.faults.length = 0;
    await closed(page);
  },

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

  async 'without an input there is an example to edit, and nothing is written'() {
    const folder = mkdtempSync(join(scratch, 'empty-'));
    const { process, address: own } = await served([], 'example.sqlite', folder);
    const page = await newPage((url) => url.startsWith(own.origin));
    await page.goto(own.href);
    await page.waitForSelector('.canvas svg');
    await page.getByText('The page shows an example').waitFor();
    await tab(page, 'edit');
    await area(page).fill(text.replace('name: shop', 'name: mine'));
    await named(page, 'mine');
    assert.deepEqual(readdirSync(folder), []);
    assert.equal((await page.evaluate(() => fetch('/api/history').then((r) => r.json()))).runs.length, 0);
    writeFileSync(join(folder, 'outlast.yaml'), text.replace('name: shop', 'name: there'));
    await page.getByText('The file has changed meanwhile').waitFor();
    await page.locator('.field .tool').click();
    await named(page, 'there');
    await closed(page);
    process.kill('SIGINT');
  },

  async 'what is read again and says the same is no new point of the history'() {
    const page = await opened();
    const runs = () => page.evaluate(() => fetch('/api/history').then((r) => r.json()).then((told) => told.runs.length));
    const before = await runs();
    writeFileSync(file, `# nothing new\n${text}`);
    await page.getByText('The page shows the inputs').waitFor();
    await page.waitForFunction(() => fetch('/api/inputs').then((r) => r.text()).then((told) => told.includes('nothing new')));
    assert.equal(await runs(), before);
    writeFileSync(file, text);
    await page.waitForFunction(() => fetch('/api/inputs').then((r) => r.text()).then((told) => !told.includes('nothing new')));
    assert.equal(await runs(), before);
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

  async 'a mistake is told where it is, as it is typed, and mended'() {
    const page = await opened();
    await tab(page, 'edit');
    await area(page).fill(text.replace('replicas: 2', 'replica: 2'));
    await page.waitForSelector('.mistakes .error');
    assert.equal(await page.locator('.marks mark.error').innerText(), 'replica');
    const told = page.locator('.mistakes .error');
    assert.match(await told.innerText(), /:7:\d+/);
    assert.match(await told.locator('.remedy').innerText(), /replicas/);
    const [line, caret] = (await told.locator('pre').textContent()).split('\n');
    assert.equal(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1), 'replica');
    await told.locator('button').click();
    const picked = await area(page).evaluate((a) => a.value.slice(a.selectionStart, a.selectionEnd));
    assert.equal(picked, 'replica');
    await page.route('**/api/analysis', () => {}); // not answered yet
    await area(page).fill(text.replace('replicas: 2', 'replicas: 22'));
    assert.equal((await told.locator('pre').textContent()).split('\n')[0], line, 'beside the code it was told of');
    assert.equal(await page.locator('.marks mark').count(), 0);
    await page.unroute('**/api/analysis');
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    const edited = text.replace('zones: [us-east-1b]', 'zones: [us-east-1b, us-east-1c], replicas: 2');
    await area(page).fill(edited);
    await page.getByText('with the text you edited').waitFor();
    assert.equal(await page.locator('.mistakes .error').count(), 0);
    assert.equal(await area(page).evaluate((a) => document.activeElement === a), true);
    assert.equal(readFileSync(file, 'utf8'), text);
    await tab(page, 'compare');
    await page.locator('.act').click();
    await page.waitForSelector('.outcome .told');
    const cells = await page.locator('.outcome tbody tr').first().locator('td').allInnerTexts();
    assert.equal(cells.length, 2);
    const answer = await asked(page, '/api/compare', { input: file, text: edited });
    await assertTold(page, answer);
    const outcome = await page.locator('.outcome').innerText();
    assert.ok(answer.single_points.length > 0 && answer.cost.length > 0);
    for (const { name, causes } of answer.single_points) {
      assert.ok(outcome.includes(name) && outcome.includes(causes.join(', ')), name);
    }
    for (const { evidence } of answer.changes) {
      assert.ok(outcome.includes(`:${evidence.line}`), evidence.address);
    }
    await closed(page);
  },

  async 'a file that changes shows by itself, and takes no edit away'() {
    const page = await opened();
    writeFileSync(file, text.replace('name: shop', 'name: bazaar'));
    await named(page, 'bazaar');
    await tab(page, 'edit');
    const edited = text.replace('name: shop', 'name: mine');
    await area(page).fill(edited);
    await named(page, 'mine');
    writeFileSync(file, text.replace('replicas: 2', 'replicas: 3'));
    await page.getByText('The file has changed meanwhile').waitFor();
    assert.equal(await area(page).inputValue(), edited);
    writeFileSync(file, 'outlast: 1\ncomponents: 7\n');
    await page.getByText('The inputs are wrong now').waitFor();
    const early = await newPage((url) => url.startsWith(address.origin));
    await early.goto(address.href);
    await early.waitForSelector('.mistakes .error');
    await early.locator('#tab-edit').click();
    await early.waitForSelector('.marks mark.error');
    await area(early).fill(text.replace('name: shop', 'name: mended'));
    await named(early, 'mended');
    await closed(early);
    writeFileSync(file, text);
    await page.locator('.field .tool').click();
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

  async 'the history tells where each number goes'() {
    const page = await opened();
    await tab(page, 'history');
    await page.waitForSelector('.bench .plot');
    for (const name of ['Availability', 'Single points of failure', 'Cost a month']) {
      assert.ok(await page.locator('.bench .plot').filter({ hasText: name }).count(), name);
    }
    await tab(page, 'compare');
    await page.locator('.blows input[value=runs]').check();
    await page.waitForSelector('.bench thead select');
    assert.deepEqual(await page.evaluate(faultsOfText), []);
    await closed(page);
  },

  async 'twenty open pages all hear of a file that changes'() {
    const page = await opened();
    const pages = [page];
    while (pages.length < 20) {
      const another = await page.context().newPage();
      another.on('console', (message) => page.faults.push(message.text()));
      pages.push(another);
      await another.goto(address.origin);
      await another.waitForSelector('.canvas svg');
    }
    await page.close(); // the one that has the stream
    writeFileSync(file, text.replace('name: shop', 'name: crowd'));
    await Promise.all(pages.slice(1).map((one) => named(one, 'crowd')));
    writeFileSync(file, text);
    await named(pages[1], 'shop');
    await closed(pages[0]);
  },

  async 'a question that takes long is cancelled'() {
    const page = await opened();
    await page.route('**/api/simulate', () => {}); // never answered
    await page.locator('.act').click();
    await page.locator('.asking button').click();
    assert.equal(await page.locator('.asking progress').count(), 0);
    await closed(page);
  },

  async 'all of it is done by keyboard alone, and has a name'() {
    const page = await opened();
    await tabTo(page, '.skip');
    await page.keyboard.press('Enter');
    await tabTo(page, '.tabs [aria-selected=true]');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-edit');
    await tabTo(page, '.sheet textarea');
    await page.keyboard.press('Control+End');
    await page.keyboard.type('nonsense');
    await page.waitForSelector('.mistakes .error');
    assert.deepEqual(await unnamed(page), []);
    await tabTo(page, '.tabs [aria-selected=true]', 'Shift+Tab');
    await page.keyboard.press('ArrowLeft');
    await tabTo(page, '.blows input');
    assert.deepEqual(await unnamed(page), []);
    await closed(page);
  },

  async 'the page speaks Korean'() {
    const page = await opened({ locale: 'ko-KR' });
    for (const heading of await page.locator('h2, .tabs button, .blows span').allInnerTexts()) {
      assert.match(heading, /[가-힣]/);
    }
    await tried(page, 'fire');
    const words = '.outcome dt, .outcome .told, .plot b, .finding h3, .survival .why .quiet';
    for (const word of await page.locator(words).allInnerTexts()) {
      assert.match(word, /[가-힣]/);
    }
    assert.deepEqual(await page.evaluate(faultsOfText), []);
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
