import assert from "node:assert/strict";
import { after, test } from "node:test";
import { arrive, front, isPictured, isSeemly, leave, phone, signIn } from "./person.js";
import { ritaIs } from "./world.js";

after(leave);

const row = (page, name) => page.getByRole("row", { name });
const status = (page, name) => row(page, name).getByRole("cell").first();

test("the board is open to a supervisor, who finds an agent by a part of the name", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor");
  await row(page, "Rita Rep").waitFor();
  assert.equal(await page.getByText("Signed in as supervisor@contoso.com").count(), 1);
  await isSeemly(page, "the board");
  await isPictured(page, "board");

  await page.getByRole("searchbox", { name: "Name" }).fill("nad");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/name=nad/);
  assert.deepEqual(await page.getByRole("rowheader").allTextContents(), ["Nadia Nightshift"]);
  await isSeemly(page, "what was sought");
  await page.getByRole("link", { name: "Nadia Nightshift" }).click();
  await page.getByRole("heading", { name: "Nadia Nightshift", level: 1 }).waitFor();
  await isSeemly(page, "an agent");
});

test("a status is set with its end, shown, and released", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor", "/board/agents/omar@contoso.com");
  await page.getByRole("heading", { name: "Omar Ops" }).waitFor();
  await isPictured(page, "agent");
  await page.getByRole("combobox", { name: "Status" }).selectOption("Do not disturb");
  await page.getByRole("combobox", { name: "For" }).selectOption("30 minutes");
  await page.getByRole("button", { name: "Set the status" }).click();
  await page.getByText("The status is set.").waitFor();
  await page.locator("[data-told]").getByText(/^Do not disturb since .*, until /).waitFor();
  await isSeemly(page, "an agent after an act");
  await page.getByRole("button", { name: "Release what was set" }).click();
  await page.getByText("What was set through Lockstep is released.").waitFor();
  await page.locator("[data-told]").getByText(/^Busy since /).waitFor();
});

test("synchronising is paused with a reason and an end, and goes on", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor", "/board/agents/nadia@contoso.com");
  await page.getByRole("textbox", { name: "Why synchronising is to pause" }).fill("a new headset");
  await page.getByRole("combobox", { name: "It ends after" }).selectOption("1 hour");
  await page.getByRole("button", { name: "Pause synchronising" }).click();
  await page.getByText(/Synchronising is paused until .*: a new headset\./).waitFor();
  await isSeemly(page, "an agent who is paused");
  await page.getByRole("button", { name: "Go on synchronising" }).click();
  await page.getByRole("button", { name: "Pause synchronising" }).waitFor();
  assert.equal(await page.locator("#live p.out").count(), 0);
});

test("the capacity of each team is shown, and exported", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor", "/board/capacity");
  await page.getByRole("heading", { name: "Capacity of all teams" }).waitFor();
  await isSeemly(page, "capacity");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  assert.equal((await download).suggestedFilename(), "capacity.csv");
  await page.getByRole("link", { name: "priority" }).click();
  await page.getByRole("heading", { name: "Capacity of team priority" }).waitFor();
  await isSeemly(page, "the capacity of one team");
});

test("who tabs to an act and presses Enter has done it", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor", "/board/agents/omar@contoso.com");
  await page.getByRole("heading", { name: "Omar Ops" }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "To the agent");
  for (let tabs = 0; (await focused()) !== "Try again now"; tabs++) {
    assert.ok(tabs < 20, "no act is reached");
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid", `nobody sees that "${await focused()}" has the focus`);
  }
  await page.keyboard.press("Enter");
  await page.getByText("Every platform was looked at again.").waitFor();
});

test("a call shows by itself; focus, what is typed and the place on the page stay", async t => {
  const page = await arrive(t, { viewport: { width: 1280, height: 500 } });
  await signIn(page, "supervisor");
  await page.getByRole("searchbox", { name: "Name" }).fill("half a na");
  await row(page, "Rita Rep").getByRole("link").focus();
  await page.evaluate(() => {
    window.scrollTo(0, 150);
    globalThis.neverLoadedAgain = true;
  });
  await ritaIs("connected", "901");
  t.after(() => ritaIs("ended", "901"));
  await status(page, "Rita Rep").getByText("On a call").waitFor();
  assert.deepEqual(
    await page.evaluate(() => [globalThis.neverLoadedAgain, document.activeElement.textContent, window.scrollY]),
    [true, "Rita Rep", 150],
  );
  assert.equal(await page.getByRole("searchbox", { name: "Name" }).inputValue(), "half a na");
  assert.match(await page.getByRole("status").textContent(), /1 on a call/);
  await ritaIs("ended", "901");
  await status(page, "Rita Rep").getByText("Available").waitFor();
});

test("on a telephone nothing stands beyond the edge", async t => {
  const page = await arrive(t, { viewport: phone });
  await signIn(page, "supervisor");
  await row(page, "Rita Rep").waitFor();
  await isSeemly(page, "the board");
  await page.getByRole("link", { name: "Rita Rep" }).click();
  await page.getByRole("heading", { name: "Rita Rep" }).waitFor();
  await isSeemly(page, "an agent");
});

test("after signing out neither an open page nor a copied cookie is worth anything", async t => {
  const page = await arrive(t, { refusals: [401] });
  await signIn(page, "supervisor");
  await row(page, "Rita Rep").waitFor();
  const open = await page.context().newPage();
  await open.goto(`${front}/board/agents/rita@contoso.com`);
  const copied = await page.context().cookies(front);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await isSeemly(page, "signed out");
  await page.context().addCookies(copied);
  await open.getByRole("button", { name: "Try again now" }).click();
  await open.getByRole("heading", { name: "You are not signed in" }).waitFor();
  await page.goto(`${front}/board`);
  await page.getByRole("heading", { name: "Who are you?" }).waitFor();
});
