// Which page for which address. Pages behind the sign-in are shown only while a store is open.
import type { QueryClient } from "@tanstack/vue-query";
import { createRouter, createWebHashHistory, type RouteRecordRaw, type RouterHistory } from "vue-router";
import { call } from "@/api/client";
import type { AppState } from "@/api/generated";

const OUTSIDE: RouteRecordRaw[] = [
  { path: "/start", component: () => import("@/features/start/StartPage.vue") },
  { path: "/start/sample", component: () => import("@/features/start/SamplePage.vue") },
  { path: "/start/join", component: () => import("@/features/start/JoinPage.vue") },
  { path: "/start/county", component: () => import("@/features/start/CountyPage.vue") },
  { path: "/start/forgot", component: () => import("@/features/start/ForgotPage.vue") },
  { path: "/start/rescue", component: () => import("@/features/start/RescuePage.vue") },
  { path: "/start/restore", component: () => import("@/features/start/RestorePage.vue") },
  { path: "/start/open", component: () => import("@/features/start/OpenPage.vue") },
  { path: "/sign-in", component: () => import("@/features/start/SignInPage.vue") },
];

const INSIDE: RouteRecordRaw[] = [
  { path: "/home", component: () => import("@/features/home/HomePage.vue") },
  { path: "/register", component: () => import("@/features/complaint/RegisterPage.vue") },
  { path: "/complaints", component: () => import("@/features/complaint/ComplaintListPage.vue") },
  { path: "/complaints/:id", component: () => import("@/features/complaint/ComplaintPage.vue"), props: true },
  { path: "/complaints/:id/amend", component: () => import("@/features/complaint/AmendPage.vue"), props: true },
  { path: "/consultations", component: () => import("@/features/consultation/ConsultationListPage.vue") },
  { path: "/consultations/new", component: () => import("@/features/consultation/ConsultationFormPage.vue") },
  { path: "/consultations/:id", component: () => import("@/features/consultation/ConsultationPage.vue"), props: true },
  { path: "/carry", component: () => import("@/features/carry/CarryPage.vue") },
  { path: "/merge", component: () => import("@/features/merge/MergePage.vue") },
  { path: "/imports", component: () => import("@/features/import/ImportListPage.vue") },
  { path: "/aside", component: () => import("@/features/aside/AsidePage.vue") },
  { path: "/transfers", component: () => import("@/features/transfer/TransferListPage.vue") },
  { path: "/businesses", component: () => import("@/features/business/BusinessListPage.vue") },
  { path: "/businesses/named/:name", component: () => import("@/features/business/BusinessPage.vue"), props: true },
  { path: "/businesses/:id", component: () => import("@/features/business/BusinessPage.vue"), props: true },
  { path: "/activities", component: () => import("@/features/activity/ActivityListPage.vue") },
  { path: "/activities/new", component: () => import("@/features/activity/ActivityFormPage.vue") },
  { path: "/activities/:id", component: () => import("@/features/activity/ActivityFormPage.vue"), props: true },
  { path: "/volunteers", component: () => import("@/features/volunteer/VolunteerListPage.vue") },
  { path: "/decisions", component: () => import("@/features/decision/DecisionListPage.vue") },
  { path: "/totals", component: () => import("@/features/totals/TotalsPage.vue") },
  { path: "/offices", component: () => import("@/features/office/OfficeBoardPage.vue") },
  { path: "/guide/:page?", component: () => import("@/features/guide/GuidePage.vue"), props: true },
  { path: "/backup", component: () => import("@/features/backup/BackupPage.vue") },
  { path: "/views", component: () => import("@/features/views/ViewListPage.vue") },
  { path: "/people", component: () => import("@/features/people/PeoplePage.vue") },
  { path: "/person", component: () => import("@/features/person/PersonPage.vue") },
  { path: "/keys", component: () => import("@/features/keys/KeysPage.vue") },
  { path: "/directory", component: () => import("@/features/directory/DirectoryPage.vue") },
  { path: "/settings", component: () => import("@/features/settings/SettingsPage.vue") },
];

export function createWindowRouter(client: QueryClient, history: RouterHistory = createWebHashHistory()) {
  const router = createRouter({
    history,
    routes: [
      { path: "/", redirect: "/home" },
      ...OUTSIDE,
      { path: "/", component: () => import("@/features/frame/FrameLayout.vue"), children: INSIDE, meta: { inside: true } },
      { path: "/:rest(.*)", redirect: "/home" },
    ],
    scrollBehavior: () => ({ top: 0 }),
  });
  router.beforeEach(async (to) => {
    if (!to.matched.some((record) => record.meta.inside)) return true;
    const state = await client
      .fetchQuery<AppState>({ queryKey: ["app.state", {}], queryFn: async () => (await call("app.state", {})).output, staleTime: Infinity })
      .catch(() => null);
    if (state === null || state.stage === "first") return "/start";
    return state.stage === "open" ? true : "/sign-in";
  });
  return router;
}
