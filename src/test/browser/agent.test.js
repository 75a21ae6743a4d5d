import assert from "node:assert/strict";
import { after, test } from "node:test";
import { arrive, isSeemly, leave, phone, signIn } from "./person.js";

after(leave);

test("an agent without a role sees their own page, which changes nothing, and nobody else's", async t => {
  const page = await arrive(t, { refusals: [403] });
  await signIn(page, "rita");
  await page.getByRole("heading", { name: "Rita Rep", level: 1 }).waitFor();
  await page.getByText("This is what Lockstep knows of you").waitFor();
  await page.getByRole("columnheader", { name: "What you can do" }).waitFor();
  assert.deepEqual(await page.getByRole("button").allTextContents(), ["Sign out"]);
  await isSeemly(page, "an agent's own page");

  await page.goto(new URL("/board/agents/omar@contoso.com", page.url()).href);
  await page.getByRole("heading", { name: "You may not do this" }).waitFor();
  await page.getByText("you are signed in as rita@contoso.com").waitFor();
  await page.getByText("the role Presence.Read").waitFor();
  await isSeemly(page, "a refusal");
  await page.getByRole("link", { name: "Sign in as somebody else" }).click();
  await page.getByRole("heading", { name: "Who are you?" }).waitFor();
});

test("an agent's own page fits on a telephone", async t => {
  const page = await arrive(t, { viewport: phone });
  await signIn(page, "rita");
  await page.getByRole("heading", { name: "Rita Rep", level: 1 }).waitFor();
  await isSeemly(page, "an agent's own page on a telephone");
});
