import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ask } from './client.ts';
import { faultIn, filterFault } from './filterFault.ts';

afterEach(() => vi.unstubAllGlobals());

const wrong = 'proc.nme = nc';

describe('a filter that is not understood', () => {
  it('fails as the server would have it fail, without asking', async () => {
    const fetched = vi.fn<typeof fetch>();
    vi.stubGlobal('fetch', fetched);
    const answer = ask('/pods', { params: { filter: wrong }, schema: z.unknown() });
    await expect(answer).rejects.toMatchObject({ code: 'bad_filter', retryable: false });
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is told from one that can be asked', () => {
    expect(filterFault('proc.name = nc')).toBeUndefined();
    expect(filterFault('')).toBeUndefined();
    expect(filterFault(wrong)?.message).toContain('did you mean `proc.name`');
  });

  it('is shown whole, with the word that is to blame marked', () => {
    const fault = filterFault(wrong);
    if (fault === undefined) throw new Error('it is wrong');
    expect(faultIn(wrong, fault)).toEqual({ before: '', fault: 'proc.nme', after: ' = nc' });
    const open = filterFault('proc.name = ');
    if (open === undefined) throw new Error('it is wrong');
    expect(faultIn('proc.name = ', open)?.fault).toBe('');
  });
});
