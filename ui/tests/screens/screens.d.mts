export const SCREENS: { address: string; outside?: boolean }[];
export const SHEETS: { address: string; presses: string[] }[];
