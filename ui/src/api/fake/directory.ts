// The directory of the in-memory host: one computer an office, one of them stolen.
import type { Commands, DeviceView, KeysView, OfficeDevices } from "@/api/generated";
import { fail } from "@/api/fake/records";
import { stamp, type World } from "@/api/fake/world";

type Answer<K extends keyof Commands> = (input: Commands[K]["input"]) => Commands[K]["output"];

const EPOCH = "5d1c7c1e-6b7c-4a39-9d0e-0b8e6a4c2f11";

function deviceOf(world: World, code: string, id: string): DeviceView {
  const isCounty = code === "0000";
  const device: DeviceView = {
    id: `device-${code}`,
    label: "",
    own: world.office?.id === id,
    former: false,
    admitted_at: "2026-03-02T10:15:00+08:00",
    last_bundle: isCounty ? null : 12,
    last_bundle_at: isCounty ? null : "2026-11-20T10:05:00+08:00",
    program: isCounty ? null : "0.1.0",
    revoked: null,
    points: [{ epoch: EPOCH, seq: 184 }],
  };
  return { ...device, ...world.devices.get(device.id) };
}

export function directoryAnswers(world: World): {
  "device.list": Answer<"device.list">;
  "device.revoke": Answer<"device.revoke">;
  "device.reinstate": Answer<"device.reinstate">;
  "device.label": Answer<"device.label">;
  "office.amend": Answer<"office.amend">;
  "office.close": Answer<"office.close">;
  "office.reopen": Answer<"office.reopen">;
  "join.list": Answer<"join.list">;
  "join.answer": Answer<"join.answer">;
} {
  const change = (id: string, words: string, field: string, what: Partial<DeviceView>) => {
    if (words.trim() === "") fail("invalid_input", {}, [{ field, code: "required", params: {} }]);
    world.devices.set(id, { ...world.devices.get(id), ...what });
    return { id };
  };
  const closing = (id: string, words: string, what: Partial<OfficeDevices>) => {
    if (words.trim() === "") fail("invalid_input", {}, [{ field: "reason", code: "required", params: {} }]);
    world.officeFacts.set(id, { ...world.officeFacts.get(id), ...what });
    return { id };
  };
  return {
    "device.list": () =>
      world.offices.map(({ id, code, kind, name }): OfficeDevices => {
        const first = { parent: null, parent_name: "", contact: "", phone: "", closed_on: null, note: "" };
        return { id, code, kind, name, ...first, ...world.officeFacts.get(id), devices: [deviceOf(world, code, id)] };
      }),
    "office.amend": ({ id, name, parent, contact, phone, note }) => {
      if (name.trim() === "") fail("invalid_input", {}, [{ field: "name", code: "required", params: {} }]);
      const office = world.offices.find((one) => one.id === id) ?? fail("record_missing");
      office.name = name;
      const parent_name = world.offices.find((one) => one.id === parent)?.name ?? "";
      world.officeFacts.set(id, { ...world.officeFacts.get(id), parent, parent_name, contact, phone, note });
      return { id };
    },
    "office.close": ({ id, on, reason }) => closing(id, reason, { closed_on: on, note: reason }),
    "office.reopen": ({ id, reason }) => closing(id, reason, { closed_on: null, note: reason }),
    "device.revoke": ({ device, reason, point }) =>
      change(device, reason, "reason", { revoked: { at: stamp(), reason, points: [point ?? { epoch: EPOCH, seq: 184 }], barred: 2 } }),
    "device.reinstate": ({ device, reason }) => change(device, reason, "reason", { revoked: null }),
    "device.label": ({ device, label }) => change(device, label, "label", { label }),
    "join.list": () => world.joining,
    "join.answer": ({ device, compare_code }) => {
      const asked = world.joining.find((it) => it.device === device && (!compare_code || it.compare_code === compare_code));
      if (!asked) fail("request_gone");
      world.joining = world.joining.filter((request) => request !== asked);
      return { merged: null };
    },
  };
}

const SHARES = [
  "7QK2-1MZR-0GPA-9XCV-4H3T-WE8N-5BSD-JFY6-2RQM-KT01-8VZC-PHX3-NAG7-4DWE-B9S5-YJF2",
  "7QK2-2T0B-XR5N-DQ8W-M4YJ-Z1HC-6VKE-GA93-PS7F-W2TQ-C0NX-5MRB-8JZD-1YKV-H4GE-3PA6",
  "7QK2-3HVE-4CJ7-RZ1K-8NSB-F5PX-YD20-W6QM-G9TA-1XJC-ZE4H-K7VN-R3BS-0QFW-M2D8-TYP5",
];

export function keyAnswers(world: World): {
  "key.list": Answer<"key.list">;
  "key.export_audit": Answer<"key.export_audit">;
  "county.rotate_key": Answer<"county.rotate_key">;
  "escrow.create": Answer<"escrow.create">;
  "escrow.restore": Answer<"escrow.restore">;
} {
  const keys = (): KeysView => world.keys;
  return {
    "key.list": keys,
    "key.export_audit": ({ out }) => {
      if (out.trim() === "") fail("path_missing", { path: out });
      world.keys.exports.unshift(stamp());
      return { path: `${out}/370321-0000-audit.age-key` };
    },
    "county.rotate_key": () => {
      world.keys.former.unshift({ key_id: world.keys.key_id, at: stamp(), escrow: false });
      world.keys.key_id = "c41f09d27ab35e68";
      return world.keys;
    },
    "escrow.create": () => {
      const at = stamp();
      world.keys.escrow = { key_id: "09be77d1c2a4f350", set: "3DE613", at };
      return { ...world.keys.escrow, shares: SHARES.map((text, n) => ({ number: n + 1, set: "3DE613", text })) };
    },
    "escrow.restore": ({ shares }) => {
      if (shares.filter((share) => share.trim() !== "").length < 2) fail("shares_too_few", { needed: "2" });
      const wrong = shares.findIndex((share) => !SHARES.includes(share.trim()));
      if (wrong >= 0) fail("share_invalid", { place: String(wrong + 1) });
      world.keys.former.unshift({ key_id: "09be77d1c2a4f350", at: stamp(), escrow: true });
      return { set: "3DE613", path: null, keys: world.keys };
    },
  };
}
