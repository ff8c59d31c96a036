// The state of the in-memory host: one county, a few offices, invented people. No rule of the real core lives here.
import type { FakeEvidence } from "@/api/fake/evidence";
import type {
  ActivityInput,
  Aside,
  BusinessRow,
  ClockDoubt,
  ComplaintInput,
  ConsultationInput,
  Decision,
  DepartmentRow,
  DeviceView,
  JoinRequestView,
  KeysView,
  ImportView,
  LedgerLine,
  OfficeDevices,
  OfficeView,
  OperatorListed,
  OperatorView,
  ReadOnly,
  Settings,
  Status,
  StepInput,
  StoreListing,
  TimelineItem,
  TransferView,
  ViewListed,
  VolunteerView,
} from "@/api/generated";

export const TODAY = "2026-11-24";

export type FakeComplaint = {
  id: string;
  number: string;
  office: OfficeView;
  input: ComplaintInput;
  status: Status;
  steps: StepInput[];
  ledger: LedgerLine[];
  timeline: TimelineItem[];
  heads: string[];
  withdrawn: string | null;
  confirmed: boolean;
};
export type FakeConsultation = {
  id: string;
  input: ConsultationInput;
  complaint: string | null;
  office: OfficeView;
  operator: string;
  at: string;
};

export type FakeLink = { id: string; a: string; b: string; same: boolean; reason: string; by: string; at: string };

export type World = {
  stage: "first" | "locked" | "open";
  stores: StoreListing[];
  passphrase: string;
  office: OfficeView | null;
  operator: OperatorView | null;
  offices: OfficeView[];
  complaints: FakeComplaint[];
  consultations: FakeConsultation[];
  decisions: Decision[];
  departments: DepartmentRow[];
  imports: ImportView[];
  aside: Aside;
  transfers: TransferView[];
  links: FakeLink[];
  evidence: FakeEvidence[];
  businesses: BusinessRow[];
  activities: { id: string; input: ActivityInput; withdrawn: string | null; office_name: string }[];
  volunteers: VolunteerView[];
  people: OperatorListed[];
  settings: Settings;
  lastBackup: string | null;
  views: ViewListed[];
  /** What differs of the devices from how they are at first. */
  devices: Map<string, Partial<DeviceView>>;
  officeFacts: Map<string, Partial<OfficeDevices>>;
  keys: KeysView;
  joining: JoinRequestView[];
  card: boolean;
  asked: boolean;
  drafts: Map<string, { body: unknown; saved_at: string }>;
  merged: Set<string>;
  exported: number;
  lastExport: string | null;
  counter: number;
  cancelled: boolean;
  /** Somebody has to say whether this is the same PC. */
  moved: boolean;
  /** What the clock shows when it is wrong, and the day that somebody has said it is. */
  clock: ClockDoubt | null;
  readOnly: ReadOnly | null;
};

const COUNTY = "清河县消费者权益保护委员会";

export function officeOf(code: string, name: string): OfficeView {
  const kind = code === "0000" ? "county" : code.endsWith("00") ? "branch" : "station";
  return { id: `office-${code}`, code, kind, name, county_name: COUNTY, area_code: "370321" };
}

export function emptyWorld(): World {
  return {
    stage: "first",
    stores: [],
    passphrase: "",
    office: null,
    operator: null,
    offices: [],
    complaints: [],
    consultations: [],
    decisions: [],
    departments: [],
    imports: [],
    aside: { waiting: [], quarantined: [], undone: [] },
    transfers: [],
    links: [],
    evidence: [],
    businesses: [],
    activities: [],
    volunteers: [],
    people: [],
    settings: { lock_after_min: 15, backup_folder: null },
    lastBackup: null,
    views: [],
    devices: new Map(),
    officeFacts: new Map(),
    keys: { key_id: "7ab35e68c41f09d2", former: [], escrow: null, exports: [], card_made_on: null },
    joining: [],
    card: false,
    asked: false,
    drafts: new Map(),
    merged: new Set(),
    exported: 0,
    lastExport: null,
    counter: 0,
    cancelled: false,
    moved: false,
    clock: null,
    readOnly: null,
  };
}

export function nextId(world: World, prefix: string): string {
  world.counter += 1;
  return `${prefix}-${String(world.counter).padStart(4, "0")}`;
}

export function stamp(date: string = TODAY): string {
  return `${date}T09:20:00+08:00`;
}
