// What happens elsewhere in the world while somebody looks at a page.
import assert from "node:assert/strict";
import { request } from "node:https";

export const front = process.env.LOCKSTEP;

/** The simulated platforms' certificate is their own, which fetch would not take. */
const send = (method, url, body) =>
  new Promise((done, failed) => {
    const call = request(url, { method, rejectUnauthorized: false, timeout: 10_000 }, answer => {
      let text = "";
      answer.on("data", part => (text += part)).on("end", () => done({ status: answer.statusCode, text }));
    });
    call.on("timeout", () => call.destroy(new Error(`${url} does not answer`))).on("error", failed);
    call.end(body);
  });

/** Rita's desk phone tells of a call of hers. */
export const ritaIs = async (kind, call) => {
  const told = new URLSearchParams({ k: "k7Qe-local-desk-phones", ev: kind, mac: "805ec0112233", u: "1042", cid: call });
  const answer = await fetch(`${front}/phone/desk?${told}`, { signal: AbortSignal.timeout(10_000) });
  assert.equal(answer.status, 200);
};

/** @param rules by which Teams fails from now on; none for a good day */
export const teamsFails = async (...rules) => {
  const { status } = await send("PUT", `${process.env.GRAPH}/_faults`, JSON.stringify({ rules }));
  assert.equal(status, 200);
};

/** The third-party application of the simulated organisation, with a token of its own. */
export const application = async () => {
  const signIn = await fetch(`${front}/sign-in`, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
  const entra = new URL(signIn.headers.get("location"));
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "c0ffee00-0000-4000-8000-000000000005",
    client_secret: "local-crm-secret",
    scope: `api://${entra.searchParams.get("client_id")}/.default`,
  });
  const { text } = await send("POST", entra.origin + entra.pathname.replace("authorize", "token"), String(form));
  const authorization = `Bearer ${JSON.parse(text).access_token}`;
  return (method, path, body) =>
    fetch(front + path, { method, headers: { authorization }, body: body && JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
};
