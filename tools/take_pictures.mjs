// tools/take_pictures.mjs REPORT ADDRESS FOLDER: of the report and of the live page, one a language.
import { join } from 'node:path';
import { browser } from '../tests/browser/browser.mjs';

const [report, address, folder] = process.argv.slice(2);

async function take(name, locale, url, act) {
  const context = await browser.newContext({
    locale, reducedMotion: 'reduce', viewport: { width: 1440, height: 1120 },
  });
  const page = await context.newPage();
  await page.goto(url);
  await act(page);
  await page.screenshot({ path: join(folder, `${name}.${locale.slice(0, 2)}.png`) });
  await context.close();
}

for (const locale of ['en-US', 'ko-KR']) {
  await take('report', locale, `file://${report}`, async (page) => {
    await page.locator('.survival tbody').nth(1).locator('button').click();
    await page.evaluate(() => scrollTo(0, 0));
  });
  await take('live', locale, address, async (page) => {
    await page.locator('.blows input[value=fire]').check();
    await page.locator('.act').click();
    await page.waitForSelector('.outcome .told');
    await page.locator('#bench').evaluate((bench) => bench.scrollIntoView());
  });
}
await browser.close();
