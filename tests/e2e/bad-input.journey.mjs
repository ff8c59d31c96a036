// What is wrong is told in a sentence where it is wrong, and nothing that was typed is lost.

import assert from "node:assert/strict";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  folders,
  inWindow,
  lookInto,
  mergeFrom,
  newPassphrase,
  opening,
  setUpOffices,
  signIn,
  today,
} from "./office.mjs";

describe("bad input", { timeout: 300_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick", "empty", "broken", "mixed", "newcomer");
    const { stationStore } = await setUpOffices(places.county, places.station, places.stick);
    await commands(places.station, [
      opening(stationStore),
      ["complaint.register", complaint()],
      ["bundle.export", { out: places.stick, office: null }],
    ]);
    await writeFile(join(places.broken, "名单.redress"), "张家村 李家村 王家村\n");
    const [name] = (await readdir(places.stick)).filter((one) => one.endsWith(".redress"));
    const bundle = await readFile(join(places.stick, name));
    await writeFile(join(places.broken, name), bundle.subarray(0, bundle.length - 100));
    await copyFile(join(places.stick, name), join(places.mixed, name));
    await writeFile(join(places.mixed, "名单.redress"), "张家村 李家村 王家村\n");
  });
  after(() => places.remove());

  it("a wrong passphrase opens nothing, and the right one opens afterwards", () =>
    inWindow("bad-1-station", places.station, async (window) => {
      await window.write("passphrase", "not the passphrase");
      await window.click("submit");
      assert.equal(await window.attribute("error", "data-code"), "passphrase_wrong");
      assert.equal(await window.has("nav-home"), false);
      await window.picture("wrong-passphrase");
      await window.click("language-en");
      await window.picture("wrong-passphrase-en");
      await window.click("language-zh-CN");
      await signIn(window);
    }));

  it("an amount with three decimals and a date in the year 20266 are marked, and the rest stays as typed", () =>
    inWindow("bad-2-station", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-register");
      await window.write("field-consumer_name", "消费者戊");
      await window.write("field-facts", "充值卡余额不退。");
      await window.write("field-dispute", "12.345");
      await window.write("field-received_on", "20266-03-02");
      await window.click("save");
      await window.see("error-dispute");
      await window.see("error-received_on");
      await window.see("error-goods_name");
      await window.picture("field-errors");
      await window.show("field-dispute");
      await window.picture("field-errors-amount");
      assert.equal(await window.value("field-dispute"), "12.345");
      assert.equal(await window.value("field-received_on"), "20266-03-02");
      assert.equal(await window.value("field-facts"), "充值卡余额不退。");
      await mendAndSave(window);
      await window.picture("registered-after-all");
    }));

  it("a folder without bundles, a missing folder, a broken bundle and a file that is none are told apart", () =>
    inWindow("bad-3-county", places.county, async (window) => {
      await signIn(window);
      await lookInto(window, places.empty);
      assert.equal(await window.attribute("error", "data-code"), "no_bundles");
      await window.picture("no-bundles");
      await lookInto(window, join(places.empty, "nowhere"));
      assert.equal(await window.attribute("error", "data-code"), "path_missing");
      await lookInto(window, places.broken);
      await window.see("merge-item-1");
      assert.equal(await window.has("merge-start"), false, "there is nothing to take in");
      await window.picture("broken-files");
      await mergeFrom(window, places.mixed);
      assert.equal(await window.attribute("merge-row-0", "data-outcome"), "merged");
      assert.equal(await window.attribute("merge-row-1", "data-outcome"), "refused");
      await window.picture("one-merged-one-refused");
      await window.click("nav-complaints");
      await window.waitForFigure("list-total", 1);
    }));

  it("a file that is no invitation is refused in words", () =>
    inWindow("bad-4-newcomer", places.newcomer, async (window) => {
      await window.click("first-join");
      await window.write("field-invitation", join(places.broken, "名单.redress"));
      await window.click("invitation-read");
      assert.equal(await window.attribute("error", "data-code"), "invitation_invalid");
      await window.picture("no-invitation");
      await window.click("first-back");
      await window.click("first-county");
      await window.write("county-name", "桓台县消费者权益保护委员会");
      await window.write("county-area", "37");
      await window.write("operator-name", "县办甲");
      await newPassphrase(window);
      await window.click("submit");
      await window.see("error-area_code");
      await window.picture("area-code");
    }));
});

async function mendAndSave(window) {
  const rest = complaint();
  await window.write("field-consumer_phone", rest.consumer_phone);
  await window.write("field-received_on", today());
  await window.click(`field-channel-${rest.channel}`);
  await window.write("field-respondent_name", "荷叶村理发店");
  await window.write("field-goods_name", "充值卡");
  await window.choose("field-class", rest.class);
  await window.click(`field-nature-${rest.nature}`);
  await window.write("field-request", rest.request);
  await window.write("field-dispute", "12.34");
  await window.click("save");
  await window.see("complaint-number");
}
