// What is done when a PC breaks or a passphrase is forgotten: a copy on another disk, restored into an empty
// installation; a card from the cupboard; and the county's help with a code to compare by telephone.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  folders,
  goToMore,
  inWindow,
  lock,
  newPassphrase,
  openComplaint,
  opening,
  PASSPHRASE,
  seeError,
  seeWords,
  setUpOffices,
  signIn,
  STATION,
  submitDialog,
} from "./office.mjs";

const BY_CARD = "石榴 三月 河堤 bright";
const BY_COUNTY = "竹篮 七月 山路 quiet";

describe("a backup and the ways back in", { timeout: 300_000 }, () => {
  let places;
  const known = {};

  before(async () => {
    places = await folders("county", "station", "newpc", "invitation", "up", "down", "disk", "mail");
    const { countyStore, stationStore } = await setUpOffices(places.county, places.station, places.invitation);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.up, office: null }],
    ]);
    await commands(places.county, [
      opening(countyStore),
      ["bundle.merge", { paths: [places.up] }],
      ["bundle.export_all", { out: places.down }],
    ]);
    await commands(places.station, [opening(stationStore), ["bundle.merge", { paths: [places.down] }]]);
  });
  after(() => places.remove());

  it("a copy is made by one button, and the first page says how old it is", () =>
    inWindow("backup-1-station", places.station, async (window) => {
      await signIn(window);
      assert.equal(await window.attribute("home-backup", "data-look"), "bad");
      await window.show("home-backup");
      await window.picture("never-backed-up");
      await window.click("home-go-backup");
      await window.write("field-out", places.disk);
      await window.picture("backup");
      await window.click("backup-now");
      assert.notEqual(await window.figure("backup-made"), "0");
      await window.picture("backed-up");
      await window.write("field-backup_folder", places.disk);
      await window.click("backup-folder-save");
      await window.click("nav-home");
      assert.equal(await window.attribute("home-backup", "data-look"), "good");
      await window.show("home-backup");
      await window.picture("backed-up-today");
    }));

  it("a new computer starts from the copy through the first screen", () =>
    inWindow("backup-2-new-pc", places.newpc, async (window) => {
      await window.click("first-restore");
      await window.write("field-path", places.mail);
      await window.click("restore-look");
      await seeError(window, "backup_none");
      await window.picture("no-backup-here");
      await window.write("field-path", places.disk);
      await window.click("restore-look");
      await seeWords(window, "restore-copy-0", STATION);
      await window.write("passphrase", BY_CARD);
      await window.click("submit");
      await seeError(window, "passphrase_wrong");
      await window.picture("which-copy");
      await window.write("passphrase", PASSPHRASE);
      await window.click("submit");
      await window.see("home-open");
      await window.picture("restored");
      await openComplaint(window);
      await window.picture("everything-is-there");
    }));

  it("a recovery card opens the ledger when the passphrase is forgotten; an old card does not", () =>
    inWindow("backup-3-station", places.station, async (window) => {
      await signIn(window);
      await goToMore(window, "people");
      await window.see("card-missing");
      known.old = await makeCard(window);
      await window.picture("card");
      await window.click("card-locked-away");
      await window.see("card-made-on");
      known.card = await makeCard(window, async () => {
        await window.see("card-dialog");
        await window.picture("a-new-card");
        await submitDialog(window, "card-dialog");
      });
      await lock(window);
      await window.click("sign-in-forgot");
      await window.see("field-code");
      await window.picture("forgot");
      await newPassphrase(window, BY_CARD);
      const digit = (Number(known.card[0].at(-1)) + 1) % 10;
      await window.write("field-code", known.card.join(" ").replace(/^(\d{4})\d/, `$1${digit}`));
      await window.click("submit");
      await window.see("error-code");
      await window.picture("one-group-wrong");
      await window.write("field-code", known.old.join(" "));
      await window.click("submit");
      await seeError(window, "card_wrong");
      await window.picture("old-card");
      await window.write("field-code", known.card.join(" "));
      await window.click("submit");
      await window.see("home-open");
      await goToMore(window, "people");
      await window.see("operator-0-access");
      await window.picture("noted");
    }));

  it("the county helps: a request goes there, an answer comes back, both see the same code", async () => {
    await inWindow("backup-4-station", places.station, async (window) => {
      await window.click("sign-in-forgot");
      await window.click("forgot-county");
      await window.write("field-out", places.mail);
      await window.click("recovery-request");
      known.code = await window.text("compare-code");
      await window.picture("asked");
    });
    const [request] = await readdir(places.mail);
    await inWindow("backup-5-county", places.county, async (window) => {
      await signIn(window);
      await window.click("nav-offices");
      await window.click("office-recovery");
      await window.write("field-path", `${places.mail}/${request}`);
      await window.picture("request");
      await window.click("dialog-submit");
      assert.equal(await window.text("compare-code"), known.code);
      await window.write("field-out", places.mail);
      await window.picture("compare");
      await window.click("dialog-submit");
      await window.see("recovery-answered");
      await window.picture("answered");
      await window.click("dialog-close");
      await window.click("nav-people");
      await window.click("to-views");
      await seeWords(window, "view-0", STATION);
      await window.picture("noted-at-the-county");
    });
    const answer = (await readdir(places.mail)).find((name) => name.endsWith(".answer"));
    await inWindow("backup-6-station", places.station, async (window) => {
      await window.click("sign-in-forgot");
      await window.click("forgot-county");
      await window.write("field-path", `${places.mail}/${request}`);
      await newPassphrase(window, BY_COUNTY);
      await window.click("submit");
      await seeError(window, "recovery_invalid");
      await window.write("field-path", `${places.mail}/${answer}`);
      await newPassphrase(window, BY_COUNTY);
      await window.picture("answer");
      await window.click("submit");
      await window.see("home-open");
      await goToMore(window, "people");
      await window.see("operator-0-access");
      await window.picture("noted");
    });
  });
});

/** Makes a recovery card and reads its groups off the window. */
async function makeCard(window, confirm) {
  await window.click("card-make");
  await confirm?.();
  await window.see("recovery-card");
  const groups = [];
  for (let n = 0; await window.has(`card-group-${n}`); n += 1) groups.push(await window.text(`card-group-${n}`));
  return groups;
}
