// Which counts each kind of activity asks for first: those that the work report needs of it.
import type { ActivityInput } from "@/api/generated";

export type CountField = "people" | "materials" | "firms" | "units" | "consultations" | "complaints" | "posts";

export const COUNTS: readonly CountField[] = ["people", "materials", "units", "firms", "consultations", "complaints", "posts"];

const FIRST: Record<string, readonly CountField[]> = {
  AC01: ["people", "firms", "consultations", "complaints"],
  AC02: ["people"],
  AC03: ["people", "units", "materials"],
  AC04: ["units", "materials", "people", "consultations", "complaints"],
  AC05: ["people", "firms"],
  AC06: ["firms", "people"],
  AC07: ["firms", "people"],
  AC08: ["firms"],
  AC09: ["posts", "materials"],
  AC10: ["posts", "materials"],
  AC11: ["posts", "firms"],
  AC12: ["people", "units"],
  AC13: ["firms", "people"],
  AC14: ["firms"],
  AC15: ["people", "materials"],
  AC16: ["units", "people"],
  AC17: ["posts", "people"],
};

/** Kinds that are about one business, and the one that ends with a verdict. */
export const ABOUT_A_BUSINESS: ReadonlySet<string> = new Set(["AC02", "AC14"]);
export const REVIEW = "AC14";

export const countsOf = (kind: string): readonly CountField[] => FIRST[kind] ?? COUNTS;

export function emptyActivity(today: string): ActivityInput {
  return {
    kind: "",
    on: today,
    until: "",
    title: "",
    place: "",
    setting: "",
    people: "",
    materials: "",
    firms: "",
    units: "",
    consultations: "",
    complaints: "",
    posts: "",
    business_name: "",
    business: null,
    attended: "",
    content: "",
    result: "",
    review_result: "",
    follow_up_by: "",
  };
}
