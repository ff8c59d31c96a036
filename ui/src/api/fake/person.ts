// What the in-memory host holds about one person.
import type { Commands, PersonRecord } from "@/api/generated";
import { fail, find, pageOf } from "@/api/fake/records";
import { stamp, type FakeComplaint, type World } from "@/api/fake/world";

type Answer<K extends keyof Commands> = (input: Commands[K]["input"]) => Commands[K]["output"];

const CLOSED = ["performed", "settled", "archived", "terminated", "withdrawn", "refused"];

function recordOf(complaint: FakeComplaint, text: string): PersonRecord {
  const isConsumer = [complaint.input.consumer_name, complaint.input.consumer_phone].includes(text);
  const closed = CLOSED.includes(complaint.status) ? complaint.input.received_on : null;
  return {
    id: complaint.id,
    kind: "complaint",
    number: complaint.number,
    title: `${complaint.input.consumer_name} · ${complaint.input.respondent_name}`,
    on: complaint.input.received_on,
    role: isConsumer ? "consumer" : "mentioned",
    office_name: complaint.office.name,
    closed_on: closed,
    kept_until: closed === null ? null : `${Number(closed.slice(0, 4)) + 3}${closed.slice(4)}`,
  };
}

export function personAnswers(world: World): {
  "person.find": Answer<"person.find">;
  "person.copy": Answer<"person.copy">;
  "person.erase": Answer<"person.erase">;
} {
  return {
    "person.find": ({ text }) => {
      const wanted = text.trim();
      if (wanted.length < 2) fail("invalid_input", {}, [{ field: "text", code: "too_short", params: {} }]);
      return world.complaints.filter((one) => JSON.stringify(one.input).includes(wanted)).map((one) => recordOf(one, wanted));
    },
    "person.copy": ({ records, out }) => ({
      at: stamp(),
      office_name: world.office?.name ?? "",
      complaints: records.map((id) => pageOf(world, id)),
      consultations: [],
      path: out === null ? null : `${out}/person-20261124092000.json`,
    }),
    "person.erase": ({ records, reason }) => {
      if (reason.trim() === "") fail("invalid_input", {}, [{ field: "reason", code: "required", params: {} }]);
      const complaints = records.map((id) => find(world, id));
      if (complaints.some((one) => !CLOSED.includes(one.status))) fail("case_open");
      for (const one of complaints) {
        one.input = { ...one.input, consumer_name: "", consumer_phone: "", consumer_address: "", facts: "", request: "" };
        one.timeline.forEach((item) => (item.fields = []));
      }
      return { records: complaints.length, entries: complaints.reduce((sum, one) => sum + one.timeline.length, 0) };
    },
  };
}
