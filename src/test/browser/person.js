// Somebody at a browser. Whatever a page complains of, and whatever axe finds on it, fails their test.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import axe from "axe-core";
import { chromium } from "playwright-core";

export const front = process.env.LOCKSTEP;
export const desk = { width: 1280, height: 800 };
export const phone = { width: 375, height: 667 };
const picture = { width: 1024, height: 640 };

const schemes = ["light", "dark"];
const pictures = process.env.PICTURES;

let browser;

/** @param refusals the answers that are expected to refuse, which a browser complains of */
export const arrive = async (test, { viewport = desk, refusals = [] } = {}) => {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-lcd-text"] });
  // The simulated Entra's certificate is its own.
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport, locale: "en-GB", timezoneId: "Europe/London" });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", error => complaints.push(String(error)));
  page.on("console", message => {
    const refused = /status of (\d+)/.exec(message.text())?.[1];
    if (["error", "warning"].includes(message.type()) && !refusals.includes(Number(refused))) complaints.push(message.text());
  });
  test.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  return page;
};

export const leave = () => browser?.close();

/** Through the simulated Entra's page of people, back to the page that was asked for. */
export const signIn = async (page, who, to = "/board") => {
  await page.goto(front + to);
  await page.getByRole("link", { name: `${who}@contoso.com` }).click();
};

/** In both colour schemes: axe finds nothing, and nothing stands beyond the right edge. */
export const isSeemly = async (page, what) => {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target} (${node.failureSummary})`));
    assert.deepEqual(found, [], `${what}, ${colorScheme}`);
  }
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(beyond, 0, `${what} is wider than the screen`);
};

/**
 * In both colour schemes, and as on a telephone; only if pictures are asked for.
 *
 * @param what has to be in the picture
 */
export const isPictured = async (page, name, what) => {
  if (!pictures) return;
  await mkdir(pictures, { recursive: true });
  const before = page.viewportSize();
  for (const [kind, colorScheme, viewport] of [["light", "light", picture], ["dark", "dark", picture], ["phone", "light", phone]]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await what?.scrollIntoViewIfNeeded();
    // What a smaller window has uncovered is painted a little later.
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${pictures}/${name}-${kind}.png` });
  }
  await page.setViewportSize(before);
};
