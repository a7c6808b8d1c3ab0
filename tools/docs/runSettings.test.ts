import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');
const house = textOf('scripts/house.sh');
const flags = /^node_flags=\((.+)\)$/m.exec(house)?.[1]?.split(' ') ?? [];
const settings = /^malloc_settings=\((.+)\)$/m.exec(house)?.[1]?.split(' ') ?? [];

describe('how the scripts run the program', () => {
  it('is how the image runs it', () => {
    const image = textOf('Dockerfile');
    expect(image).toContain(`"node", ${flags.map((flag) => `"${flag}", `).join('')}`);
    expect(image).toContain(`ENV ${settings.join(' ')}\n`);
  });

  it('is how the trials run it, whose memory is measured', () => {
    const trial = textOf('apps/server/src/trials/childServer.ts');
    expect(flags.length * settings.length).toBeGreaterThan(0);
    for (const flag of flags) expect(trial).toContain(`'${flag}'`);
    for (const setting of settings) {
      const [name, value] = setting.split(/=(.*)/);
      expect(trial).toContain(`  ${name}: '${value}',`);
    }
  });
});
