// The power fails in the middle of the registration sheet. What was typed is offered back, and only when asked for is
// it put in place.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "./driver.mjs";
import { folders, inWindow, setUpOffices, signIn } from "./office.mjs";

const FACTS = "买的奶粉快到期了，商家不肯换。";

describe("a crash in the middle of a form", { timeout: 120_000 }, () => {
  let places;

  before(async () => {
    places = await folders("county", "station", "stick");
    await setUpOffices(places.county, places.station, places.stick);
  });
  after(() => places.remove());

  it("leaves what was typed as a draft", async () => {
    await inWindow("draft-1-station", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-register");
      await window.write("field-consumer_name", "消费者己");
      await window.write("field-facts", FACTS);
      await until("the draft is kept", async () => {
        const { body } = await window.rpc("draft.get", { key: "complaint" });
        return body?.facts === FACTS;
      });
      await window.picture("before-the-crash");
      await window.crash();
    });
    await inWindow("draft-2-station", places.station, async (window) => {
      await signIn(window);
      await window.click("nav-register");
      await window.see("draft-offer");
      assert.equal(await window.value("field-facts"), "", "nothing is put in place unasked");
      await window.picture("draft-offered");
      await window.click("draft-take");
      assert.equal(await window.value("field-facts"), FACTS);
      assert.equal(await window.value("field-consumer_name"), "消费者己");
      await window.picture("draft-taken");
    });
  });
});
