import { after, test } from "node:test";
import { arrive, isSeemly, leave, signIn } from "./person.js";

after(leave);

test("who may not see the board is told which role is missing, and whom Lockstep takes them for", async t => {
  const page = await arrive(t, { refusals: [403] });
  await signIn(page, "rita");
  await page.getByRole("heading", { name: "You may not do this" }).waitFor();
  await page.getByText("you are signed in as rita@contoso.com").waitFor();
  await page.getByText("the role Presence.Read").waitFor();
  await isSeemly(page, "a refusal");
  await page.getByRole("link", { name: "Sign in as somebody else" }).click();
  await page.getByRole("heading", { name: "Who are you?" }).waitFor();
});
