import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paintTokens } from './paintTheme.ts';

const css = readFileSync(new URL('../kit/tokens.css', import.meta.url), 'utf8');

/** The light and the dark colour of a token. */
function coloursOf(token: string): readonly string[] {
  const [, light = '', dark = ''] =
    new RegExp(`${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css) ?? [];
  return [light, dark];
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast of two tokens, light and dark. */
function contrasts(token: string, ground: string): readonly number[] {
  return coloursOf(token).map((colour, mode) => {
    const [a, b] = [luminance(colour), luminance(coloursOf(ground)[mode] ?? '')];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}

describe('the lines of destinations', () => {
  it('stand out where they lead outside, and not where they stay inside, light and dark', () => {
    const inside = contrasts(paintTokens.connection, paintTokens.paper);
    const outside = contrasts(paintTokens.external, paintTokens.paper);
    for (const mode of [0, 1]) {
      expect(inside[mode]).toBeGreaterThan(3);
      expect(outside[mode]).toBeGreaterThan((inside[mode] ?? 0) * 1.5);
    }
  });
});
