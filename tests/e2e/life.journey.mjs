// Lives of complaints through the real window: from the arrival to the archive with everything that may lie between; a
// refusal; a transfer; an oral agreement performed at once; a mediation that fails; a consultation that becomes a complaint.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  commands,
  complaint,
  folders,
  inWindow,
  opening,
  register,
  setUpOffices,
  signIn,
  submitDialog,
  takeNextStep,
  takeStep,
  today,
  waitForStatus,
} from "./office.mjs";

const AGREED_YUAN = "2599";
const AGREED_FEN = 259_900;

describe("the life of a complaint", { timeout: 300_000 }, () => {
  let places;
  let ids;

  before(async () => {
    places = await folders("county", "station", "stick");
    const { stationStore } = await setUpOffices(places.county, places.station, places.stick);
    const people = ["消费者辛", "消费者壬", "消费者癸", "消费者子"];
    const [, , ...registered] = await commands(places.station, [
      opening(stationStore),
      ["consultation.register", consultation()],
      ...people.map((consumer_name, n) => [
        "complaint.register",
        complaint({
          consumer_name,
          consumer_phone: `1990000001${n}`,
          goods_name: ["电饭煲", "化肥", "手机壳", "健身卡"][n],
          class: ["G05-07", "G10-02", "G05-01", "S04-02"][n],
        }),
      ]),
    ]);
    ids = registered.map(({ id }) => id);
  });
  after(() => places.remove());

  it("is accepted, tested, mediated twice, agreed in writing, performed, visited and archived", () =>
    inWindow("life-1-whole", places.station, async (window) => {
      await signIn(window);
      await register(window, { consumer: "消费者庚", dispute: AGREED_YUAN });
      await waitForStatus(window, "registered");
      await window.click("more-steps");
      await window.picture("what-is-possible-and-why-not");
      await window.click("more-steps");
      await acceptAndTest(window);
      await mediateTwice(window);
      await agreeInWriting(window);
      await performAndFile(window);
    }));

  it("is refused with its ground and the ways that remain open", () =>
    inWindow("life-2-refused", places.station, async (window) => {
      await signIn(window);
      await open(window, ids[0]);
      await takeStep(window, "refused", async () => {
        await window.choose("field-ground", "RC06");
        await window.see("other-routes");
        assert.notEqual(await window.value("field-ground_text"), "", "the ground brings its sentence");
        await window.click("field-told_how-TH02");
        await window.picture("refusal");
      });
      await waitForStatus(window, "refused");
      await file(window);
      await window.picture("refused-and-archived");
    }));

  it("is transferred to the authority in charge", () =>
    inWindow("life-3-transferred", places.station, async (window) => {
      await signIn(window);
      await open(window, ids[1]);
      await takeStep(window, "transferred", async () => {
        await window.write("field-receiver", "县农业农村局");
        await window.write("field-receiver_contact", "综合股，0533-0000000");
        await window.click("field-told_how-TH01");
        await window.picture("transfer");
      });
      await waitForStatus(window, "transferred");
      await window.picture("transferred");
    }));

  it("is agreed orally and performed at once", () =>
    inWindow("life-4-at-once", places.station, async (window) => {
      await signIn(window);
      await open(window, ids[2]);
      await takeNextStep(window);
      await waitForStatus(window, "accepted");
      await takeStep(window, "agreement", async () => {
        await window.click("field-agreement_form-AF02");
        await window.click("field-performance-PF01");
        await window.write("field-agreed", "30");
        await window.click("with-loss");
        await window.write("loss-amount", "30");
        await window.picture("oral-agreement");
      });
      await waitForStatus(window, "performed");
      assert.match(await window.text("agreement-effect"), new RegExp(today()));
      await window.picture("performed-at-once");
    }));

  it("ends without agreement, and the other ways are told", () =>
    inWindow("life-5-failed", places.station, async (window) => {
      await signIn(window);
      await open(window, ids[3]);
      await takeNextStep(window);
      await takeNextStep(window, async () => {
        await window.click("field-outcome-failed");
        await window.write("field-account", "商家不同意退卡，消费者不接受延期。");
        await window.picture("no-agreement");
      });
      await takeStep(window, "terminated", async () => {
        await window.choose("field-ground", "TG03");
        await window.see("other-routes");
        await window.picture("termination");
      });
      await waitForStatus(window, "terminated");
      await window.picture("terminated");
    }));

  it("begins as a consultation", () =>
    inWindow("life-6-consultation", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-consult");
      await window.click("consult-row-0");
      await window.picture("consultation");
      await window.click("consult-to-complaint");
      await window.write("field-consumer_name", "消费者丑");
      await window.write("field-consumer_phone", "19900000021");
      await window.click("field-channel-IC02");
      await window.write("field-respondent_name", "荷叶村服装店");
      await window.write("field-goods_name", "羽绒服");
      await window.choose("field-class", "G03-01");
      await window.click("field-nature-N09");
      await window.write("field-facts", "拆了吊牌，商家不肯退。");
      await window.write("field-request", "退货。");
      await window.picture("turned-into-a-complaint");
      await window.click("save");
      await waitForStatus(window, "registered");
    }));
});

function consultation() {
  return {
    asked_on: today(),
    way: "CW02",
    topic: "CT02",
    content: "网购的羽绒服拆了吊牌还能退吗？",
    answer: "先与商家协商，不成可以来站里投诉。",
  };
}

async function open(window, id) {
  await window.script("window.location.hash = arguments[0];", `#/complaints/${id}`);
  await window.see("complaint-number");
}

async function acceptAndTest(window) {
  await takeNextStep(window, async () => {
    await window.click("field-told_how-TH01");
    await window.picture("acceptance");
  });
  await waitForStatus(window, "accepted");
  await takeStep(window, "suspended", async () => {
    await window.write("field-note", "双方同意把压缩机送检。");
    await window.picture("suspension");
  });
  await waitForStatus(window, "suspended");
  await window.picture("suspended");
  await takeNextStep(window, () => window.write("field-note", "检测报告已收到：压缩机有缺陷。"));
  await waitForStatus(window, "accepted");
}

async function mediateTwice(window) {
  await takeNextStep(window, async () => {
    await window.click("field-outcome-adjourned");
    await window.write("field-time", "9:00–10:10");
    await window.write("field-place", "联络站调解室");
    await window.write("field-people", "消费者本人、商行负责人");
    await window.write("field-account", "宣读检测报告，商行要求回去商量。");
    await window.picture("first-meeting");
  });
  await takeNextStep(window, async () => {
    await window.click("field-outcome-agreed");
    await window.write("field-account", "商行同意退货退款。");
    await window.picture("second-meeting");
  });
}

async function agreeInWriting(window) {
  await takeNextStep(window, async () => {
    await window.click("field-agreement_form-AF01");
    await window.click("field-performance-PF02");
    await window.write("field-agreed", AGREED_YUAN);
    await window.write("field-perform_by", today());
    await window.click("field-mediated_as-RO01");
    await window.write("field-terms", "商行收回空调，退还货款。");
    await window.picture("agreement");
    await window.click("fold-step-more");
    await window.write("field-signed_consumer_on", today());
    await window.write("field-signed_respondent_on", today());
    await window.picture("signatures");
  });
  await waitForStatus(window, "agreed");
  await window.see("agreement-waits");
  await window.show("agreement");
  await window.picture("not-in-effect-yet");
  await window.click("agreement-complete");
  await window.write("field-signed_mediator_on", today());
  await window.write("field-sealed_on", today());
  await window.picture("the-seal-comes-later");
  await submitDialog(window, "step-dialog");
  assert.match(await window.text("agreement-effect"), new RegExp(today()));
  await window.see("agreement-confirm");
  await window.picture("in-effect");
}

async function performAndFile(window) {
  await takeNextStep(window, async () => {
    await window.click("field-performance-PF05");
    await window.click("with-loss");
    await window.write("loss-amount", AGREED_YUAN);
    await window.picture("performance");
  });
  await waitForStatus(window, "performed");
  await window.waitForFigure("ledger-total", AGREED_FEN);
  await takeNextStep(window, async () => {
    await window.click("field-satisfaction-SF01");
    await window.picture("visit-back");
  });
  await window.click("next-step");
  await window.see("file-contents");
  await window.click("dialog-submit");
  await window.see("error-contents");
  await window.show("file-contents");
  await window.picture("the-file-is-not-complete");
  await window.click("file-all");
  await submitDialog(window, "step-dialog");
  await waitForStatus(window, "archived");
  await window.picture("archived");
}

/** Files the case with every paper that must be there. */
async function file(window) {
  await window.click("next-step");
  await window.click("file-all");
  await submitDialog(window, "step-dialog");
  await waitForStatus(window, "archived");
}
