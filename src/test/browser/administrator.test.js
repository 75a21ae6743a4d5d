import assert from "node:assert/strict";
import { after, test } from "node:test";
import { arrive, front, isPictured, isSeemly, leave, phone, signIn } from "./person.js";

after(leave);

const CONFIGURATION = "/board/configuration";
const PARTS = ["Mapping", "Connections", "Lines", "Agents", "Modes", "History"];

test("a mistake in the mapping is shown with its line, and what would change before it is saved", async t => {
  const page = await arrive(t, { refusals: [422] });
  await signIn(page, "administrator");
  await page.getByRole("link", { name: "Configuration" }).click();
  const text = page.getByLabel("What is to be different from what ships");
  const found = page.getByRole("status");
  await text.fill("dynamics:\n  read:\n    Away: {means: bussy, as: choice}\n");
  await found.getByText('did you mean "busy"').waitFor();
  assert.equal(await text.getAttribute("aria-invalid"), "true");
  await isSeemly(page, "a mistake");
  await isPictured(page, "administrator", found);
  await found.getByRole("link", { name: "Line 3" }).click();
  assert.match(await text.evaluate(area => area.value.slice(area.selectionStart, area.selectionEnd)), /bussy/);

  await text.fill("dynamics:\n  read:\n    Away: {means: busy, as: choice}\n");
  await page.getByRole("button", { name: "Show what would change" }).click();
  await found.getByText("Nothing is saved yet.").waitFor();
  await found.getByRole("row", { name: "Nadia Nightshift" }).waitFor();
  await isSeemly(page, "what would change");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await found.getByText("It is saved.").waitFor();
  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("cell", { name: "administrator@contoso.com" }).first().waitFor();

  await page.getByRole("link", { name: "Mapping", exact: true }).click();
  await text.fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await found.getByText("It is saved.").waitFor();
});

test("a connection's token is exchanged without a gap, and the new one is shown once", async t => {
  const page = await arrive(t);
  await signIn(page, "administrator", `${CONFIGURATION}?part=connections`);
  const pbx = page.getByRole("row", { name: "pbx" });
  await pbx.getByRole("button", { name: "Exchange" }).click();
  const fresh = page.getByText("Copy it now, it is not shown again");
  const secret = await fresh.getByRole("code").textContent();
  assert.match(secret, /^whsec_/);
  assert.equal(await pbx.getByText("a value, not shown").count(), 2);
  await isSeemly(page, "a fresh secret");
  await page.goto(`${front}${CONFIGURATION}?part=connections`);
  assert.ok(!(await page.content()).includes(secret));
  await pbx.getByRole("button", { name: "Take the old one away" }).click();
  await page.getByText("The old one does not hold any more.").waitFor();
});

for (const [where, viewport] of Object.entries({ "on a desk": undefined, "on a telephone": phone })) {
  test(`every part is seemly ${where}`, async t => {
    const page = await arrive(t, { viewport });
    await signIn(page, "administrator", CONFIGURATION);
    for (const part of PARTS) {
      await page.getByRole("navigation", { name: "Parts" }).getByRole("link", { name: part }).click();
      await page.locator(`[aria-current=page]:text-is("${part}")`).waitFor();
      await isSeemly(page, part);
    }
  });
}
