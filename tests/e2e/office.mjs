// What the journeys have in common: an office's window for a while, its clerk's usual steps, and offices that are ready
// to work in because the command line set them up.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { setting, temporaryFolder, until, Window } from "./driver.mjs";

export const PASSPHRASE = "荷塘 lotus 1987 breeze";
export const COUNTY = "桓台县消费者权益保护委员会";
export const STATION = "荷叶村消费维权联络站";
export const COUNTY_CLERK = "县办甲";
export const STATION_CLERK = "站员乙";

/** One registered complaint as a station writes it, in the contract's own shape; `changes` replace some of it. */
export function complaint(changes = {}) {
  return {
    received_on: today(),
    channel: "IC01",
    consumer_name: "消费者丙",
    consumer_phone: "19900000001",
    respondent_name: "荷叶村家电商行",
    goods_name: "壁挂式空调",
    class: "G05-04",
    nature: "N01",
    facts: "购买三周后不制冷，商家两次上门没有修好。",
    request: "退货并退还货款。",
    ...changes,
  };
}

/** This computer's date, as the program sees it. */
export function today() {
  return new Date().toLocaleDateString("sv-SE");
}

/** Folders of their own for a journey: each office's computer, and whatever is carried between them. */
export async function folders(...names) {
  const made = {};
  for (const name of names) made[name] = await temporaryFolder(name);
  const remove = async () => {
    for (const folder of Object.values(made)) await rm(folder, { recursive: true, force: true });
  };
  return { ...made, remove };
}

/** Runs one office's window for a part of the journey; a picture is kept when it fails. */
export async function inWindow(part, home, walk) {
  const window = await Window.open(part, home);
  try {
    await walk(window);
    assert.deepEqual(await window.troubles(), [], "the pages had trouble that no step saw");
  } catch (error) {
    await window.picture("failed").catch(() => undefined);
    throw error;
  } finally {
    await window.close();
  }
}

/** Opens the office's store with its passphrase and sees the first page. */
export async function signIn(window) {
  await window.write("passphrase", PASSPHRASE);
  await window.click("submit");
  await window.see("home-open");
}

/** One of several people opens the store with a passphrase of their own and sees the first page. */
export async function signInAs(window, name, passphrase) {
  await window.choose("operator-name", name);
  await window.write("passphrase", passphrase);
  await window.click("submit");
  await window.see("home-open");
}

/** Locks by the key that the settings name. */
export async function lock(window) {
  await window.control("l");
  await window.see("sign-in-forgot");
}

/** Types a new passphrase twice. */
export async function newPassphrase(window, passphrase = PASSPHRASE) {
  await window.write("passphrase", passphrase);
  await window.write("passphrase-again", passphrase);
}

/** Waits until the program says that something is wrong, and that its code is `code`. */
export async function seeError(window, code) {
  await until(`the program says ${code}`, async () => (await window.attribute("error", "data-code")) === code);
}

/** Goes to a page that a station keeps behind "more". */
export async function goToMore(window, page) {
  if (!(await window.has(`nav-${page}`))) await window.click("nav-more");
  await window.click(`nav-${page}`);
}

/** Registers a complaint through the sheet, with two pictures of it. */
export async function register(window, { consumer = "消费者丙", dispute }) {
  await window.click("nav-register");
  await window.write("field-consumer_name", consumer);
  await window.write("field-consumer_phone", "19900000001");
  await window.click("field-channel-IC01");
  await window.write("field-respondent_name", "荷叶村家电商行");
  await window.write("field-goods_name", "壁挂式空调");
  await window.choose("field-class", "G05-04");
  await window.click("field-nature-N01");
  await window.picture("register");
  await window.write("field-facts", "购买三周后不制冷，商家两次上门没有修好。");
  await window.write("field-request", "退货并退还货款。");
  await window.write("field-price", "2599");
  await window.write("field-dispute", dispute);
  await window.picture("register-facts");
  await window.click("save");
}

/** Takes a step that is not the next one: opens the other steps, lets `fill` answer the sheet, and writes it down. */
export async function takeStep(window, kind, fill) {
  if (!(await window.has(`step-${kind}`))) await window.click("more-steps");
  await window.click(`step-${kind}`);
  await window.see("step-dialog");
  await fill?.();
  await submitDialog(window, "step-dialog");
}

/** Waits until the complaint on the page is in `status`. */
export async function waitForStatus(window, status) {
  await until(
    `the complaint is ${status}`,
    async () => (await window.attribute("complaint-status", "data-status")) === status,
  );
}

/** Presses the complaint's one primary button, lets `fill` answer what the sheet asks, and writes the step down. */
export async function takeNextStep(window, fill) {
  await window.click("next-step");
  await window.see("step-dialog");
  await fill?.();
  await submitDialog(window, "step-dialog");
}

/** Confirms a sheet and waits until it has gone. */
export async function submitDialog(window, name) {
  await window.click("dialog-submit");
  await until(`“${name}” has gone`, async () => !(await window.has(name)));
}

/** Writes everything the other side lacks into `folder`; the page says that it is safe to remove. */
export async function carryTo(window, folder) {
  await window.click("nav-carry");
  await window.write("carry-path", folder);
  await window.click("carry-export");
  assert.equal(await window.attribute("carry-done", "data-verified"), "true");
}

/** Looks into `folder` as the merge page does, without taking anything in. */
export async function lookInto(window, folder) {
  await window.click("nav-merge");
  await window.write("merge-path", folder);
  await window.click("merge-scan");
}

/** Takes in everything that lies in `folder`. */
export async function mergeFrom(window, folder) {
  await lookInto(window, folder);
  await window.see("merge-item-0");
  await window.click("merge-start");
  await window.see("merge-done", 30_000);
}

/** Opens the newest complaint of the list. */
export async function openComplaint(window) {
  await window.click("nav-complaints");
  await window.click("complaint-row-0");
  await window.see("complaint-number");
}

/** A county that has invited a station, and the station that has joined: two computers, ready to work. Gives the folder
 * of each one's store. */
export async function setUpOffices(county, station, stick) {
  const operator = { passphrase: PASSPHRASE, dir: null };
  const [countyState, invited] = await commands(county, [
    ["county.create", { name: COUNTY, area_code: "370321", operator_name: COUNTY_CLERK, ...operator }],
    ["office.invite", { kind: "station", code: "0107", name: STATION, out: stick }],
  ]);
  const [stationState] = await commands(station, [
    ["office.join", { invitation: invited.path, operator_name: STATION_CLERK, ...operator }],
  ]);
  await rm(invited.path);
  return { countyStore: countyState.stores[0].dir, stationStore: stationState.stores[0].dir };
}

/** One more station of the same county, on a computer of its own, ready to work. Gives the folder of its store. */
export async function addStation(county, countyStore, home, { code, name, clerk, stick }) {
  const [, invited] = await commands(county, [
    opening(countyStore),
    ["office.invite", { kind: "station", code, name, out: stick }],
  ]);
  const [state] = await commands(home, [
    ["office.join", { invitation: invited.path, operator_name: clerk, passphrase: PASSPHRASE, dir: null }],
  ]);
  await rm(invited.path);
  return state.stores[0].dir;
}

/** Answers a sheet that asks why, and waits until it has gone. */
export async function giveReason(window, name, reason) {
  await window.see(name);
  await window.write("field-reason", reason);
  await submitDialog(window, name);
}

/** What the element named `name` says contains each of `words`. */
export async function seeWords(window, name, ...words) {
  await until(`“${name}” says ${words.join(", ")}`, async () => {
    const said = await window.text(name);
    return words.every((word) => said.includes(word));
  });
}

/** How many complaints the list and the totals of this year count. */
export async function seeCounted(window, listed, counted = listed) {
  await window.click("nav-complaints");
  await window.waitForFigure("list-total", listed);
  await window.click("nav-totals");
  await window.waitForFigure("totals-complaints", counted);
}

/** The request that opens a store again. */
export function opening(store) {
  return ["store.open", { dir: store, passphrase: PASSPHRASE, operator: null }];
}

/** Runs `[command, payload]` pairs one after the other through the command line's `rpc` and gives their outputs. */
export async function commands(home, requests) {
  const redress = spawn(setting("REDRESS_CLI"), ["rpc"], {
    env: { ...process.env, XDG_DATA_HOME: home },
    stdio: ["pipe", "pipe", "inherit"],
  });
  redress.stdin.end(requests.map(([command, payload]) => `${JSON.stringify({ command, payload })}\n`).join(""));
  let said = "";
  for await (const text of redress.stdout.setEncoding("utf8")) said += text;
  const answers = said
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, requests.length, said);
  for (const answer of answers) assert.equal(answer.error, undefined, said);
  return answers.map((answer) => answer.ok);
}
