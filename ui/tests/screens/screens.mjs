// Every address of the window with something to see there, and the sheets that open over them. A test holds the list to the
// router's: a page that is not looked at is a fault.

export const SCREENS = [
  { address: "/start", outside: true },
  { address: "/start/sample", outside: true },
  { address: "/start/join", outside: true },
  { address: "/start/county", outside: true },
  { address: "/start/open", outside: true },
  { address: "/sign-in", outside: true },
  { address: "/home" },
  { address: "/register" },
  { address: "/complaints" },
  { address: "/complaints/complaint-0004" },
  { address: "/complaints/complaint-0004/amend" },
  { address: "/consultations" },
  { address: "/consultations/new" },
  { address: "/consultations/consultation-0" },
  { address: "/carry" },
  { address: "/merge" },
  { address: "/imports" },
  { address: "/aside" },
  { address: "/transfers" },
  { address: "/businesses" },
  { address: "/businesses/named/惠民家电商场" },
  { address: "/businesses/business-1" },
  { address: "/activities" },
  { address: "/activities/new" },
  { address: "/activities/activity-0001" },
  { address: "/volunteers" },
  { address: "/decisions" },
  { address: "/totals" },
  { address: "/offices" },
  { address: "/guide/next-steps" },
  { address: "/guide/how-to-carry" },
  { address: "/settings" },
];

/** What is pressed on a page, one after the other, until the sheet is open. */
export const SHEETS = [
  { address: "/complaints", presses: ["complaint-row-0", "more-steps", "step-refused"] },
  { address: "/complaints", presses: ["complaint-row-0", "more-steps", "step-delegated"] },
  { address: "/complaints", presses: ["complaint-row-1", "more-steps", "step-agreement"] },
  { address: "/complaints", presses: ["complaint-row-1", "ledger-add"] },
  { address: "/volunteers", presses: ["volunteer-new"] },
  { address: "/businesses", presses: ["business-new"] },
  { address: "/home", presses: ["search-open"] },
];
