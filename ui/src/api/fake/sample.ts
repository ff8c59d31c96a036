// Invented matters for design work: nobody here is real, and no number can be dialled.
import { sampleEvidence } from "@/api/fake/evidence";
import type { ComplaintInput, OfficeView, StepInput } from "@/api/generated";
import { addDays } from "@/lib/dates";
import { recordLoss, recordStep, register, titleOf } from "@/api/fake/records";
import { decisionOf, fillRoad } from "@/api/fake/road";
import { fillWork } from "@/api/fake/work";
import { officeOf, TODAY, type World } from "@/api/fake/world";
import { emptyActivity } from "@/features/activity/activityFields";
import { emptyComplaint } from "@/features/complaint/complaintInput";
import { emptyStep } from "@/features/complaint/stepFields";

const SIDES = ["东", "西", "南", "北", "前", "后", "上", "下"];
const PLACES = ["河", "桥", "庄", "岭", "埠", "营", "寨", "店", "洼", "坊"];
const PEOPLE = ["林小禾", "周大田", "赵青石", "孙望月", "吴春雨", "郑南风", "王晚晴", "冯朝阳", "陈一舟", "褚云起", "卫东山", "蒋知秋"];
const SHOPS = ["惠民家电商场", "大桥通讯店", "丰收农资店", "小城美发屋", "喜洋洋超市", "明天培训中心"];
const GOODS = ["洗衣机", "智能手机", "玉米种子", "染发服务", "食用油", "暑期培训班"];
const CLASSES = ["G05-05", "G05-01", "G10", "S01-02", "G01", "S11"];
const NATURES = ["N01", "N09", "N05", "N07", "N02", "N06"];
const CHANNELS = ["IC01", "IC02", "IC06"];
const FACTS = [
  "11月初在该店买的，用了不到一周就不能启动，店家说要等厂家来人，一直没有消息。",
  "购买时说一年内只换不修，现在屏幕失灵，店家要收维修费。",
  "播种后出苗不到三成，邻居用别家的都正常，怀疑不是包装上写的品种。",
];

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T;
}

/** Branches and stations beyond those that have cases: a whole county fills a board. */
function furtherOffices(): OfficeView[] {
  const branches = PLACES.slice(0, 8).map((place, n) => officeOf(`0${n + 2}00`, `${place}头镇分会`));
  const stations = Array.from({ length: 67 }, (_, n) => {
    const code = `0${(n % 9) + 1}${String(Math.floor(n / 9) + 20)}`;
    return officeOf(code, `${pick(SIDES, n)}${pick(PLACES, n + Math.floor(n / 8))}村联络站`);
  });
  return [...branches, ...stations];
}

function matter(n: number, on: string): ComplaintInput {
  return {
    ...emptyComplaint(on),
    channel: pick(CHANNELS, n),
    consumer_name: pick(PEOPLE, n),
    consumer_phone: `1990000${String(1000 + n * 7).slice(-4)}`,
    consumer_address: "索镇街道某村",
    respondent_name: pick(SHOPS, n),
    goods_name: pick(GOODS, n),
    class: pick(CLASSES, n),
    nature: pick(NATURES, n),
    bought_on: addDays(on, -20),
    price: String(300 + n * 130),
    dispute: String(300 + n * 130),
    facts: pick(FACTS, n),
    request: "退货退款，并承担来回路费。",
    request_kinds: ["RQ04", "RQ06"],
    evidence: ["EV03", "EV10"],
  };
}

function step(world: World, complaint: string, kind: StepInput["kind"], on: string, more: Partial<StepInput> = {}): void {
  recordStep(world, { ...emptyStep(complaint, kind, on, "李和平"), ...more });
}

function walk(world: World, id: string, n: number, on: string): void {
  const stage = n % 6;
  if (stage === 0) return;
  step(world, id, "accepted", addDays(on, 2), { told_how: "TH02" });
  if (stage === 1) return;
  step(world, id, "mediation", addDays(on, 6), {
    outcome: stage === 2 ? "adjourned" : "agreed",
    place: "联络站",
    note: "双方都到场，先听消费者说，再请商家答复。",
  });
  if (stage <= 2) return;
  step(world, id, "agreement", addDays(on, 6), {
    agreement_form: "AF01",
    performance: stage === 3 ? "PF02" : "PF01",
    agreed: String(300 + n * 130),
    terms: "商家退还货款，消费者交回商品。",
  });
  recordLoss(world, {
    complaint: id,
    kind: "recovered",
    route: "station_mediation",
    amount: String(300 + n * 130),
    on: addDays(on, 7),
    evidence: "收条",
  });
  if (stage === 5) step(world, id, "visit_back", addDays(on, 20), { satisfaction: "SF01" });
}

export function fillWorld(world: World): void {
  world.joining = [
    {
      device: "device-new",
      office_name: "大桥商场联络站",
      office_code: "0107",
      compare_code: "4827-1093",
      reason: "used",
      number: 1,
      created_at: "2026-11-23T16:40:00+08:00",
      asked_at: "2026-11-24T09:05:00+08:00",
    },
  ];
  world.offices = [
    officeOf("0000", "清河县消保委"),
    officeOf("0100", "索镇分会"),
    officeOf("0101", "东村联络站"),
    officeOf("0107", "大桥商场联络站"),
    officeOf("0203", "果里村联络站"),
  ];
  for (let n = 0; n < 46; n += 1) {
    const on = addDays(TODAY, -(n * 5 + 3));
    const office = pick(world.offices.slice(1), n);
    walk(world, register(world, matter(n, on), office, "李和平").id, n, on);
  }
  world.offices.push(...furtherOffices());
  world.complaints.forEach((complaint, n) => {
    complaint.confirmed = n > 3;
  });
  for (let n = 0; n < 8; n += 1) {
    world.consultations.push({
      id: `consultation-${n}`,
      complaint: null,
      office: pick(world.offices.slice(1), n),
      operator: "李和平",
      at: `${addDays(TODAY, -n * 4)}T10:05:00+08:00`,
      input: {
        asked_on: addDays(TODAY, -n * 4),
        way: n % 2 === 0 ? "CW01" : "CW02",
        asker_name: n % 3 === 0 ? "" : pick(PEOPLE, n + 4),
        asker_phone: "",
        persons: n === 5 ? "3" : "1",
        topic: pick(["CT02", "CT01", "CT03"], n),
        content: "网上买的衣服不合身，商家不肯退，能不能退？",
        answer: "收到商品七日内可以退货，不需要理由，商品应当完好。",
        basis: "消费者权益保护法第二十五条",
      },
    });
  }
  world.departments = [
    { id: "department-1", department: "市场监管局", year: 2026, complaints: 4120 },
    { id: "department-2", department: "住房城乡建设局", year: 2026, complaints: 862 },
  ];
  const first = world.complaints[1];
  if (first !== undefined) {
    const conflict = {
      record: first.id,
      kind: "complaint",
      field: "dispute_fen",
      provisional: 0,
      complaint: first.id,
      title: first.input.consumer_name,
      versions: [
        { value: 43000, entry: "entry-a", operator: "李和平", office: "索镇分会", at: "2026-11-20T09:00:00+08:00" },
        { value: 45000, entry: "entry-b", operator: "张建设", office: "清河县消保委", at: "2026-11-21T15:30:00+08:00" },
      ],
    };
    world.decisions = [
      decisionOf("conflict", first.id, {
        conflict,
        complaint: first.id,
        number: first.number,
        title: titleOf(first),
        heads: ["entry-a", "entry-b"],
      }),
    ];
  }
  world.evidence = sampleEvidence("complaint-0004");
  fillRoad(world);
  fillWork(world, emptyActivity(TODAY));
}
