import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairMojibake } from './repairMojibake.ts';

const mac = new TextDecoder('macintosh');

/** What a Mac of old shows of a text in UTF-8. */
function misread(text: string): string {
  return mac.decode(new TextEncoder().encode(text));
}

describe('repairMojibake', () => {
  it('gives back what any text behind an emoji was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const line = `🚀 process ${text.toWellFormed()}`;
        expect(repairMojibake(misread(line))).toBe(line);
      }),
    );
  });

  it('knows every byte', () => {
    const bytes = Array.from({ length: 0x80 }, (_, index) => String.fromCharCode(0x80 + index));
    const line = `🚀 ${bytes.join('')}`;
    expect(repairMojibake(misread(line))).toBe(line);
  });

  it('knows the emoji of two kinds whose first byte differs', () => {
    for (const line of ['❓ syscall', '⏰ clock_settime', '☎  syscall', '⁉️ tracepoint', '🗺 x']) {
      expect(repairMojibake(misread(line))).toBe(line);
    }
  });

  it('does without the sign of a Mac that copying lost, and with the currency sign of old', () => {
    expect(repairMojibake('üöÄ process')).toBe('🚀 process');
    const line = `🚀 ${'\u06db'}`;
    expect(repairMojibake(misread(line).replace('€', '¤'))).toBe(line);
  });

  it('leaves alone what was never misread, and what begins with no event', () => {
    for (const line of [
      '',
      'ü',
      'über',
      '🚀 process',
      'process',
      misread('🐧 penguin'),
      '\uf8ff',
    ]) {
      expect(repairMojibake(line)).toBeUndefined();
    }
    expect(repairMojibake(`${misread('🚀 process')} 日本`)).toBeUndefined();
    expect(repairMojibake(`${misread('🚀 process')} ü`)).toBeUndefined();
  });
});
