import { defineConfig } from '@playwright/test';
import { chromiumLaunch } from './harness/chromium.ts';

/** No reporter here: `scripts/test.sh` names one, and so does whoever runs a single file. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results/browser',
  // Each file starts a server of its own: more at once only share the same cores.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    // A page must look the same on every machine, and nothing may move while a test looks.
    contextOptions: { reducedMotion: 'reduce' },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'Asia/Kolkata',
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
    launchOptions: chromiumLaunch,
  },
});
