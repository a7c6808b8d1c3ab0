import { existsSync } from 'node:fs';

/** How the system's Chromium is started: no browser is downloaded, and it asks nothing of the network. */
export const chromiumLaunch = {
  executablePath:
    process.env['FOREBEAR_CHROMIUM'] ??
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
    'chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
