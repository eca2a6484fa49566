// tools/take_pictures.mjs REPORT FOLDER: one picture a language.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [report, folder] = process.argv.slice(2);
const { chromium } = createRequire(join(process.cwd(), 'webui/'))('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.OUTLAST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
});
for (const locale of ['en-US', 'ko-KR']) {
  const context = await browser.newContext({
    locale, offline: true, reducedMotion: 'reduce', viewport: { width: 1440, height: 960 },
  });
  const page = await context.newPage();
  await page.goto(`file://${report}`);
  await page.locator('.survival tbody').nth(1).locator('button').click();
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(folder, `report.${locale.slice(0, 2)}.png`) });
  await context.close();
}
await browser.close();
