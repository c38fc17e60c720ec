// The demonstration, clicked through in a browser: by mouse and by keyboard, in light and dark, wide and
// narrow, in every language. Each page is looked through by axe-core. Screenshots go to ./shots.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const program = process.env.LOCKSMITH;
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const languages = ["en", "fr", "ja", "ko", "zh-Hans", "zh-Hant"];
mkdirSync("shots", { recursive: true });

const folder = mkdtempSync(join(tmpdir(), "locksmith-browser-"));
const demo = spawn(program, ["demo", "--no-browser", "--port", "0", "--dir", folder]);
let said = "";
demo.stdout.on("data", (text) => (said += text));
demo.stderr.on("data", (text) => (said += text));

const until = async (what, answer) => {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = answer();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what} did not come; the program said:\n${said}`);
};

// The links that were told, the latest last.
const links = () => said.match(/http:\/\/127\.0\.0\.1:\d+\/login\?token=[0-9a-f]+/g) ?? [];

let browser;
const problems = [];
const look = async (page, name) => {
  await page.screenshot({ path: `shots/${name}.png`, fullPage: true });
  // The page's own policy forbids scripts, so axe is put into it from outside.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    problems.push(`${name}: ${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
  if (wide) problems.push(`${name}: the page is wider than the window`);
};

const state = (page) => page.locator(".head .state").innerText();
const isIn = async (page, name) => assert.match(await state(page), new RegExp(name));
// For each permission one picture of its way through the layers, and one row of the matrix. A picture that
// is hidden has no role, so that those for narrow windows do not count in wide ones.
const isExplained = async (page) => {
  const pictures = page.locator(".track svg.path");
  assert.equal(await pictures.count(), 4, "two permissions, each for wide and for narrow windows");
  const matrix = page.locator("table.matrix");
  for (const action of ["s3:GetObject", "kms:Decrypt"]) {
    const picture = page.getByRole("img", { name: new RegExp(`^${action}: .+, .+: `) });
    assert.equal(await picture.count(), 1, `one picture of ${action}`);
    const { width, height } = await picture.boundingBox();
    assert.ok(width > 100 && height > 100, `${action}: ${width} x ${height}`);
    await matrix.getByRole("rowheader", { name: action }).waitFor({ state: "visible", timeout: 5000 });
  }
};
const actAs = (page, person) => page.getByRole("button", { name: person, exact: true }).click();

try {
  const link = await until("the link", () => links().at(0));
  await until("the story", () => said.includes("The proposed change"));
  browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on("console", (message) => {
    // A status that is no success is told on the console; the tests look at those themselves.
    if (message.type() === "error" && !message.text().includes("the server responded with a status")) {
      problems.push(`console: ${message.text()}`);
    }
  });
  const home = new URL(link).origin;

  // Who has no link is not let in.
  await page.goto(home);
  assert.equal(await page.locator("h1").innerText(), "Log in");
  await look(page, "log-in");

  await page.goto(link);
  await page.waitForURL(`${home}/`);
  await look(page, "overview");

  // The list, the incident, the whole of it.
  await page.getByRole("link", { name: /ReportReader/ }).click();
  await isIn(page, "Awaiting approval");
  const incident = page.url();
  await isExplained(page);
  await look(page, "incident");

  // By keyboard alone: past the banner, then with tab to the button, and return.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await page.keyboard.press("Enter");
  for (let tabs = 0; tabs < 80; tabs += 1) {
    if (await page.evaluate(() => document.activeElement.matches("button.primary"))) break;
    await page.keyboard.press("Tab");
  }
  assert.equal(await page.evaluate(() => document.activeElement.innerText), "Approve this change");
  await page.screenshot({ path: "shots/focus.png" });
  await page.keyboard.press("Enter");
  await page.waitForURL(/done=counted/);
  await isIn(page, "Awaiting approval");
  await look(page, "one-approved");

  // The other owner, by mouse.
  await actAs(page, "bob");
  await page.getByRole("button", { name: "Approve this change" }).click();
  await page.waitForURL(/done=approved/);
  await isIn(page, "Applied");
  await look(page, "applied");
  const policy = () => readFileSync(join(folder, "evidence", "111111111111.json"), "utf8");
  assert.match(policy(), /"Locksmith[0-9a-f]{16}"/);

  await page.getByRole("button", { name: "Try the call again" }).click();
  await page.waitForURL(/done=succeeded/);
  await isIn(page, "Verified");
  await look(page, "verified");

  // Taking back brings the denial back.
  await page.getByText("Take the change back", { exact: false }).first().click();
  await page.getByLabel("Reason").last().fill("the report moved <script>alert(1)</script>");
  await look(page, "undo");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.waitForURL(/done=undone/);
  await isIn(page, "Rolled back");
  assert.doesNotMatch(policy(), /"Locksmith[0-9a-f]{16}"/);
  await look(page, "rolled-back");
  await page.getByRole("button", { name: "Try the call again" }).click();
  await page.waitForURL(/done=denied/);
  await isIn(page, "Awaiting approval");

  // Every form opened, then a refusal.
  for (const summary of await page.locator(".decide summary, .way > summary").all()) await summary.click();
  await look(page, "open");
  await page.locator(".decide").screenshot({ path: "shots/decide.png" });
  await page.getByLabel("this object's folder and all below").check();
  await page.locator("form:has([value=rescope]) button").click();
  await page.waitForURL(/done=rescoped/);
  await isIn(page, "Awaiting approval");
  await page.getByText("Reject …").click();
  await page.locator("#reason-reject").fill("not this year");
  await page.getByRole("button", { name: "Reject the change" }).click();
  await page.waitForURL(/done=rejected/);
  await isIn(page, "Rejected");
  await look(page, "rejected");
  await page.getByRole("button", { name: "Try the call again" }).click();
  await page.waitForURL(/done=denied/);

  // Lists.
  await page.goto(`${home}/incidents?state=awaiting_approval`);
  await look(page, "list");
  await page.goto(`${home}/incidents?state=expired`);
  await look(page, "empty-list");
  await page.goto(`${home}/incidents/nothing`);
  assert.equal(await page.locator("h1").innerText(), "Not found");
  await look(page, "not-found");

  // Narrow, dark, and every language.
  for (const [name, options] of [
    ["dark", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
    ["narrow", { viewport: { width: 390, height: 844 } }],
    ["narrow-dark", { colorScheme: "dark", viewport: { width: 390, height: 844 } }],
    ["contrast", { contrast: "more", viewport: { width: 1280, height: 900 } }],
  ]) {
    const other = await browser.newContext({ ...options, storageState: await context.storageState() });
    const page = await other.newPage();
    await page.goto(home);
    await look(page, `overview-${name}`);
    await page.goto(incident);
    for (const summary of await page.locator(".decide summary").all()) await summary.click();
    await isExplained(page);
    await look(page, `incident-${name}`);
    await other.close();
  }
  for (const language of languages) {
    await page.goto(`${incident}?lang=${language}`);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await look(page, `incident-${language}`);
    await page.goto(home);
    assert.equal(await page.locator("html").getAttribute("lang"), language, "the choice stays");
  }

  // Without a session there is a new link, which lets in once.
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(home);
  const second = await until("a new link", () => links().at(1));
  await theirs.goto(second);
  await theirs.waitForURL(`${home}/`);
  assert.equal(await theirs.locator("h1").innerText(), "Incidents");
  const third = await browser.newContext();
  const late = await third.newPage();
  await late.goto(second);
  assert.equal(await late.locator("h1").innerText(), "Log in");

  assert.deepEqual(problems, []);
  console.log("the demonstration was clicked through; screenshots are in", join(process.cwd(), "shots"));
} finally {
  await browser?.close();
  demo.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
