import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { formatSearch, parseSearch, type SearchRecord } from '../url/searchText.ts';
import { CrashPage, NoSuchPage } from './errors.tsx';
import { Shell } from './Shell.tsx';

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NoSuchPage,
  validateSearch: keepTexts,
});

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/start/StartPage.tsx'), 'StartPage'),
});
const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case',
  component: lazyRouteComponent(
    () => import('../features/overview/OverviewPage.tsx'),
    'OverviewPage',
  ),
});
const podRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/p/$namespace/$pod',
  component: lazyRouteComponent(() => import('../features/pod/PodPage.tsx'), 'PodPage'),
});
const hostRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/n/$node',
  component: lazyRouteComponent(() => import('../features/pod/PodPage.tsx'), 'PodPage'),
});
const destinationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/dst',
  component: lazyRouteComponent(
    () => import('../features/destinations/DestinationsPage.tsx'),
    'DestinationsPage',
  ),
});
const lateralRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/lateral',
  component: lazyRouteComponent(() => import('../features/lateral/LateralPage.tsx'), 'LateralPage'),
});
const conversationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/conversations',
  component: lazyRouteComponent(
    () => import('../features/conversations/ConversationsPage.tsx'),
    'ConversationsPage',
  ),
});
const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/e',
  component: lazyRouteComponent(() => import('../features/events/EventsPage.tsx'), 'EventsPage'),
});
const alertsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/alerts',
  component: lazyRouteComponent(() => import('../features/alerts/AlertsPage.tsx'), 'AlertsPage'),
});
const healthRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/c/$case/health',
  component: lazyRouteComponent(() => import('../features/health/HealthPage.tsx'), 'HealthPage'),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  overviewRoute,
  podRoute,
  hostRoute,
  destinationsRoute,
  lateralRoute,
  conversationsRoute,
  eventsRoute,
  alertsRoute,
  healthRoute,
]);

/** The app's addresses. The query stays the text that a person typed: no JSON in it. */
export function makeRouter() {
  return createRouter({
    routeTree,
    parseSearch,
    stringifySearch: formatSearch,
    defaultErrorComponent: CrashPage,
    defaultStructuralSharing: true,
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}

/** Parameters are kept whether we know them or not; what is no text is not a parameter of ours. */
function keepTexts(search: Record<string, unknown>): SearchRecord {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
