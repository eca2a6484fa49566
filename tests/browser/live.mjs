// tests/browser/live.mjs BINARY SCRATCH: the page of `outlast serve` follows its files and whoever edits them.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closed, look, tabTo, unnamed } from './browser.mjs';
import { faultsOfText } from './measure.mjs';
import { address, area, asked, assertTold, file, folder, named, opened, openedAt, served, server, tab, text, tried } from './served.mjs';

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

  async 'without an input there is an example to edit, and nothing is written'() {
    const empty = mkdtempSync(join(folder, 'empty-'));
    const { process, address: own } = await served([], 'example.sqlite', empty);
    const page = await openedAt(own);
    await page.waitForSelector('.canvas svg');
    await page.getByText('The page shows an example').waitFor();
    await tab(page, 'edit');
    await area(page).fill(text.replace('name: shop', 'name: mine'));
    await named(page, 'mine');
    assert.deepEqual(readdirSync(empty), []);
    assert.equal((await page.evaluate(() => fetch('/api/history').then((r) => r.json()))).runs.length, 0);
    writeFileSync(join(empty, 'outlast.yaml'), text.replace('name: shop', 'name: there'));
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
    const early = await openedAt(address);
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

  async 'inputs that were never right are told to be so, and mended in the page'() {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, 'outlast: 1\ncomponents: [\n');
    const { process, address: own } = await served([broken], 'broken.sqlite');
    const page = await openedAt(own);
    await page.getByText('there is nothing to show until they are mended').waitFor();
    assert.match(await page.locator('#pane').innerText(), /no architecture yet/);
    await tab(page, 'edit');
    await page.waitForSelector('.marks mark.error');
    await area(page).fill(text.replace('name: shop', 'name: mended'));
    await named(page, 'mended');
    await closed(page);
    process.kill('SIGINT');
  },

  async 'the reading of inputs is cancelled, and begun anew'() {
    const slow = join(folder, 'slow.yaml');
    const chain = Array.from({ length: 1500 }, (_, i) => `  c${i}: { type: aws.ec2, region: us-east-1, needs: [c${i + 1}] }`);
    writeFileSync(slow, `outlast: 1\ncomponents:\n${chain.join('\n')}\n  c1500: { type: aws.ec2, region: us-east-1 }\n`);
    const { process, address: own } = await served([slow], 'slow.sqlite');
    const page = await openedAt(own);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('was cancelled').waitFor();
    await page.getByRole('button', { name: 'Read them' }).click();
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await closed(page);
    process.kill('SIGINT');
  },

  async 'a file that is gone takes no edit with it, nor a program that is stopped the page'() {
    const fleeting = join(folder, 'fleeting.yaml');
    writeFileSync(fleeting, text);
    const { process, address: own } = await served([fleeting], 'fleeting.sqlite');
    const page = await openedAt(own);
    await page.waitForSelector('.canvas svg');
    await tab(page, 'edit');
    const edited = text.replace('name: shop', 'name: kept');
    await area(page).fill(edited);
    await named(page, 'kept');
    rmSync(fleeting);
    await page.getByText('The inputs are wrong now').waitFor();
    assert.equal(await area(page).inputValue(), edited);
    process.kill('SIGINT');
    await page.getByText('has been stopped').waitFor();
    for (const name of ['history', 'try']) {
      await tab(page, name);
    }
    await page.locator('.act').click();
    await page.getByText('No answer').waitFor();
    page.faults = page.faults.filter((fault) => !fault.includes('Failed to load resource')); // so tells Chromium
    await closed(page);
  },

  async 'a file that changes leaves the focus where it is'() {
    const page = await opened();
    const kind = page.locator('.blows input[value=fire]');
    await kind.check();
    writeFileSync(file, text.replace('name: shop', 'name: other'));
    await named(page, 'other');
    assert.ok(await kind.evaluate((one) => document.activeElement === one));
    writeFileSync(file, text);
    await named(page, 'shop');
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
    const others = await Promise.all(Array.from({ length: 19 }, async () => {
      const another = await page.context().newPage();
      another.on('console', (message) => page.faults.push(message.text()));
      await another.goto(address.origin);
      await another.waitForSelector('.canvas svg');
      return another;
    }));
    await page.close(); // the one that has the stream
    writeFileSync(file, text.replace('name: shop', 'name: crowd'));
    await Promise.all(others.map((one) => named(one, 'crowd')));
    await closed(page);
    writeFileSync(file, text);
    const after = await opened();
    await named(after, 'shop');
    await closed(after);
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
};

const failed = await look(laws);
server.kill('SIGINT');
process.exit(failed === 0 ? 0 : 1);
