// tests/browser/numbers.mjs BINARY SCRATCH: every number on the page is one of its document.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { madeOf } from './architectures.mjs';
import { closed, look } from './browser.mjs';
import { chosenInTurn, digitsInText, mostOfPlots, numbersTold, plotsInWords } from './measure.mjs';
import { opened, reportOf, shop, shopReport, withModels, written } from './reports.mjs';
import { isToldRight } from './told.mjs';

/// What is counted and is no list of the document.
function countOf({ security, findings }, what) {
  const counts = { 'open ways': security.paths.filter(({ open }) => open === 'yes'), 'findings shown': findings };
  return counts[what].length;
}

/// Compares all that is told with what the document says there.
function assertTold(numbers, report, seen) {
  const at = (pointer, of = 'json') =>
    pointer.split('/').slice(1).reduce((value, part) => value[part], report[of]);
  assert.ok(numbers.length > 30, `${numbers.length}`);
  for (const number of numbers) {
    seen.add(number.at ?? number.count);
    if (number.at !== undefined) {
      assert.equal(number.value, String(at(number.at, number.of)), number.at);
      assert.ok(isToldRight(number), `${number.at}: ${number.value} as "${number.text}"`);
    } else if (number.count.startsWith('/')) {
      assert.equal(number.text, String(at(number.count).length), number.count);
    } else if (!number.count.startsWith('components ')) { // these are counted where they play
      assert.equal(number.text, String(countOf(report.json, number.count)), number.count);
    }
  }
}

const tracksOf = ({ series }) => Object.values(series ?? {}).filter(Array.isArray);

/// The greatest of each plot is one of the series.
function assertPlotted(plots, row) {
  const greatest = tracksOf(row).map((track) => Math.max(...track));
  for (const most of plots) {
    assert.ok(greatest.includes(Number(most.value)) && isToldRight(most), JSON.stringify(most));
  }
}

/// What a report's page tells at first and once each component is chosen, and of each worst case.
const walks = new Map();
async function walked(report) {
  if (!walks.has(report)) {
    const page = await opened(report);
    const measures = `[${numbersTold}, ${mostOfPlots}, ${plotsInWords}]`;
    const each = (what) => page.evaluate(`(${chosenInTurn})('${what}', ${measures})`);
    const rows = report.json.survival.filter(({ survives }) => survives !== 'n/a');
    const first = await page.evaluate(numbersTold);
    const told = await each('.survival tbody button:enabled');
    assert.equal(told.length, rows.length);
    const components = (await each('.canvas .item:not(.stack)')).map(([numbers]) => numbers);
    walks.set(report, {
      rows: rows.map((row, index) => ({ row, plots: told[index][1], words: told[index][2] })),
      numbers: [first, ...told.map(([numbers]) => numbers), ...components],
    });
    await closed(page);
  }
  return walks.get(report);
}

const laws = {
  async 'the page holds the document of -o json'() {
    const report = shopReport();
    const page = await opened(report);
    const held = await page.$eval('#document', (element) => JSON.parse(element.textContent));
    assert.deepEqual(held, report.json);
    const models = await page.$eval('#models', (element) => JSON.parse(element.textContent));
    assert.deepEqual(models.break_even, report.models.break_even);
    assert.equal(models.variants.length, report.models.variants.length);
    models.variants.forEach((variant, index) => {
      const { cost_by_users, availability, ...rest } = variant;
      assert.ok(availability > 0.9);
      assert.deepEqual(cost_by_users, report.models.variants[index].cost_by_users);
      assert.deepEqual({ ...report.models.variants[index], ...variant }, report.models.variants[index]);
      assert.ok(Object.keys(rest).length > 5);
    });
    // What more users cost of a variant may not be known; without two there is nothing to compare.
    const told = models.variants.filter(({ cost_by_users }) => cost_by_users.length > 1);
    assert.ok(told.length > 1);
    await closed(page);
  },

  async 'a secret of the input is not in the page'() {
    const plan = readFileSync(shop[0], 'utf8');
    const secrets = [...plan.matchAll(/"MAIL_API_KEY": ?"([^"]{8,})"/g)].map((match) => match[1]);
    assert.ok(secrets.length > 0, 'the example has a secret');
    const html = readFileSync(reportOf('shop', shop).html, 'utf8');
    secrets.forEach((secret) => assert.ok(!html.includes(secret)));
  },

  async 'every number is the one of the document, whatever is chosen'() {
    const outage = reportOf('aws-2025-10-20', ['examples/outages/aws-2025-10-20/services-fragile.yaml']);
    const all = [reportOf('shop', shop), outage, written('made-of-60', madeOf(60))].map(withModels);
    const seen = new Set();
    for (const report of all) {
      const { rows, numbers } = await walked(report);
      rows.forEach(({ row, plots }) => assertPlotted(plots, row));
      numbers.forEach((told) => assertTold(told, report, seen));
    }
    const wanted = ['/availability/value', '/cost/month', '/survival/0/downtime_s', '/survival/0/rto_s', '/variants/1/cost_month', '/components/0/at_least', 'findings shown'];
    assert.deepEqual(wanted.filter((pointer) => !seen.has(pointer)), []);
    assert.ok(seen.size > 300, `${seen.size}`);
  },

  async 'digits in text stand in the document, too'() {
    const report = shopReport();
    const page = await opened(report);
    const all = JSON.stringify([report.json, report.models.break_even, report.models.variants.map((one) => one.cost_ends)]);
    const own = [/^Show all \(\d+\)$/, /\(90 %\)$/];
    for (const text of await page.evaluate(digitsInText)) {
      const isOwn = own.some((pattern) => pattern.test(text));
      for (const digits of isOwn ? [] : text.match(/\d+([.,:-]\d+)*/g)) {
        const parts = all.includes(digits) ? [] : digits.split(':'); // "plan.yaml:12"
        assert.ok(parts.every((part) => all.includes(part)), `"${text}": ${digits} is nowhere in the document`);
      }
    }
    await closed(page);
  },

  async 'of each line of cost is told where it ends and why, over a scale'() {
    const report = shopReport();
    const page = await opened(report);
    const plot = page.locator('#models-section .plot');
    const legend = await plot.locator('figcaption li').allInnerTexts();
    const { variants } = report.models;
    assert.equal(legend.length, variants.length);
    variants.forEach(({ name, cost_by_users, cost_ends }, index) => {
      assert.ok(cost_ends !== '' || cost_by_users.at(-1).users === 1e6, name);
      assert.ok(legend[index].includes(cost_ends), `${legend[index]}: ${cost_ends}`);
    });
    assert.ok(variants.every(({ cost_by_users }) => cost_by_users.length > 1), 'each has prices, and a line');
    const scale = await plot.locator('svg[role=img] text').allTextContents();
    for (const label of ['$1,000', '$10,000', '1,000', '10,000', '100,000']) {
      assert.ok(scale.includes(label), `${label} in ${scale}`);
    }
    await closed(page);
  },

  async 'numbers that are only heard are those of the document'() {
    let heard = 0;
    for (const { row, words: all } of (await walked(shopReport())).rows) {
      for (const { as, words, count } of all) {
        const told = words.split('; ')[0].split(', ').slice(-count).map((one) => /(\$?[\d.,]+( ?(%|ms|s|min|h|d))?|unbounded)$/.exec(one)[0]);
        for (const text of told) {
          assert.ok(tracksOf(row).some((track) => isToldRight({ value: track.at(-1), as, text })), `${row.case}: ${words}`);
          heard += 1;
        }
      }
    }
    assert.ok(heard > 20, `${heard}`);
  },
};

process.exit((await look(laws)) === 0 ? 0 : 1);
