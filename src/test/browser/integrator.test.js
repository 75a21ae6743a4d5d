import assert from "node:assert/strict";
import { after, test } from "node:test";
import { arrive, isSeemly, leave, signIn } from "./person.js";
import { application } from "./world.js";

after(leave);

test("what an application sets is on the board with its name, and gone when it takes it back", async t => {
  const call = await application();
  const page = await arrive(t);
  await signIn(page, "supervisor", "/board/agents/rita@contoso.com");
  await page.locator("[data-told]").getByText(/^Available since /).waitFor();
  const until = new Date(Date.now() + 600_000).toISOString();
  assert.equal((await call("PUT", "/api/agents/rita@contoso.com/status", { status: "busy", until })).status, 200);
  await page.locator("[data-told]").getByText(/^Busy since .*, until /).waitFor();
  await page.getByRole("listitem").filter({ hasText: "crm" }).first().waitFor();
  await isSeemly(page, "an agent whom an application holds");
  assert.equal((await call("DELETE", "/api/agents/rita@contoso.com/status")).status, 200);
  await page.locator("[data-told]").getByText(/^Available since /).waitFor();
});
