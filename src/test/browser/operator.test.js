import { after, test } from "node:test";
import { arrive, isSeemly, leave, signIn } from "./person.js";
import { ritaIs, teamsFails } from "./world.js";

after(leave);

test("while Teams fails the board names who waits for it, and the agent's page when it is tried again", async t => {
  const page = await arrive(t);
  await signIn(page, "supervisor");
  await teamsFails({ match: "POST */presence/*", kind: "5xx" });
  t.after(async () => {
    await teamsFails();
    await ritaIs("ended", "902");
  });
  await ritaIs("connected", "902");
  await page.getByRole("combobox", { name: "On a platform" }).selectOption({ value: "Pending" });
  await page.getByRole("button", { name: "Show" }).click();
  await isSeemly(page, "who is pending");
  await page.getByRole("link", { name: "Rita Rep" }).click();
  await page.getByRole("row", { name: "Teams" }).getByText("tried again at").waitFor();
  await isSeemly(page, "an agent who is pending");
  await teamsFails();
  await page.getByRole("row", { name: "Teams" }).getByText("in sync").waitFor({ timeout: 45_000 });
});
