// The form's own shape of a complaint, and which of its fields lie in which folded part.
import type { ComplaintInput } from "@/api/generated";

export function emptyComplaint(today: string): ComplaintInput {
  return {
    received_on: today,
    channel: "",
    external_number: "",
    urgent: false,
    consumer_name: "",
    consumer_phone: "",
    consumer_address: "",
    consumer_id_type: "",
    consumer_id_number: "",
    agent_name: "",
    agent_phone: "",
    joint_count: "",
    consent_notice: false,
    consent_publish: false,
    consent_delegate: false,
    off_site: false,
    respondent_name: "",
    respondent_type: "",
    respondent_contact: "",
    respondent_phone: "",
    respondent_address: "",
    respondent_uscc: "",
    goods_name: "",
    goods_brand: "",
    goods_model: "",
    goods_quantity: "",
    goods_unit: "",
    price: "",
    class: "",
    nature: "",
    happened_on: "",
    bought_on: "",
    dispute: "",
    facts: "",
    request: "",
    request_kinds: [],
    evidence: [],
    evidence_note: "",
    elsewhere: false,
    elsewhere_note: "",
    consultation: null,
  };
}

type Field = keyof ComplaintInput;

export const PARTS = {
  consumer: ["consumer_address", "consumer_id_type", "consumer_id_number", "agent_name", "agent_phone", "joint_count"],
  respondent: ["respondent_type", "respondent_contact", "respondent_phone", "respondent_address", "respondent_uscc"],
  goods: ["goods_brand", "goods_model", "goods_quantity", "goods_unit", "happened_on"],
  matter: ["request_kinds", "evidence_note", "external_number", "urgent"],
  consent: ["consent_notice", "consent_publish", "consent_delegate", "off_site"],
} as const satisfies Record<string, readonly Field[]>;

export type Part = keyof typeof PARTS;

function given(value: ComplaintInput[Field]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== "" && value !== false && value !== null;
}

export function partIsUsed(input: ComplaintInput, part: Part): boolean {
  return PARTS[part].some((field) => given(input[field]));
}

/** Something a person typed, beyond what the form starts with. */
export function isWorthKeeping(input: ComplaintInput): boolean {
  return [input.consumer_name, input.consumer_phone, input.respondent_name, input.goods_name, input.facts, input.request].some(given);
}
