/** Every page of the tablet, each loaded when it is first gone to. */
import type { RouteRecordRaw } from 'vue-router'

export const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue'), meta: { for: 'unlocked', title: 'tablet.home.name' } },
  { path: '/enrol', name: 'enrol', component: () => import('./pages/EnrolPage.vue'), meta: { for: 'anyone', title: 'tablet.enrol.title' } },
  { path: '/badge', name: 'badge', component: () => import('./pages/BadgePage.vue'), meta: { for: 'enrolled', title: 'tablet.badge.title' } },
  { path: '/unlock', name: 'unlock', component: () => import('./pages/UnlockPage.vue'), meta: { for: 'enrolled', forgets: true, title: 'tablet.unlock.title' } },
  {
    path: '/procedures',
    name: 'procedures',
    component: () => import('./pages/ProceduresPage.vue'),
    meta: { for: 'unlocked', title: 'tablet.procedures.title' },
  },
  { path: '/procedures/:code', name: 'guide', component: () => import('./pages/GuidePage.vue'), meta: { for: 'unlocked', title: 'tablet.guide.title' } },
  { path: '/procedures/:code/precheck', name: 'precheck', component: () => import('./pages/PrecheckPage.vue'), meta: { for: 'enrolled', forgets: true, title: 'tablet.precheck.title' } },
  {
    path: '/procedures/:code/:version',
    name: 'procedure',
    component: () => import('./pages/ProcedurePage.vue'),
    meta: { for: 'unlocked', title: 'tablet.procedure.title' },
  },
  {
    path: '/drafts/:id',
    component: () => import('./pages/DraftPage.vue'),
    meta: { for: 'unlocked', title: 'tablet.form.title' },
    children: [
      { path: '', name: 'draft', component: () => import('./pages/DraftTasksPage.vue'), meta: { for: 'unlocked', title: 'tablet.form.title' } },
      {
        path: 'sections/:section',
        name: 'section',
        component: () => import('./pages/DraftSectionPage.vue'),
        meta: { for: 'unlocked', title: 'tablet.form.title' },
      },
      { path: 'review', name: 'review', component: () => import('./pages/DraftReviewPage.vue'), meta: { for: 'unlocked', title: 'tablet.review.title' } },
    ],
  },
  { path: '/visit', name: 'visit', component: () => import('./pages/VisitPage.vue'), meta: { for: 'unlocked', title: 'tablet.visit.title' } },
  { path: '/done/:id', name: 'done', component: () => import('./pages/DonePage.vue'), meta: { for: 'unlocked', title: 'tablet.done.title' } },
  { path: '/slips/:id', name: 'slip', component: () => import('./pages/SlipPage.vue'), meta: { for: 'unlocked', title: 'tablet.slip.title' } },
  { path: '/outbox', name: 'outbox', component: () => import('./pages/OutboxPage.vue'), meta: { for: 'holder', title: 'tablet.outbox.title' } },
  { path: '/cases', name: 'cases', component: () => import('./pages/CasesPage.vue'), meta: { for: 'unlocked', title: 'tablet.cases.title' } },
  { path: '/cases/:id', name: 'case', component: () => import('./pages/CasePage.vue'), meta: { for: 'unlocked', title: 'tablet.case.title' } },
  { path: '/settings', name: 'settings', component: () => import('./pages/SettingsPage.vue'), meta: { for: 'anyone', title: 'tablet.settings.title' } },
  { path: '/styleguide', name: 'styleguide', component: () => import('./pages/StyleguidePage.vue'), meta: { for: 'anyone', title: 'tablet.styleguide' } },
  { path: '/:path(.*)*', name: 'notFound', component: () => import('./pages/NotFoundPage.vue'), meta: { for: 'anyone', title: 'tablet.notFound.title' } },
]
