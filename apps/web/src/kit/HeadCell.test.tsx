// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { HeadCell, type Sort } from './HeadCell.tsx';

afterEach(cleanup);

function Heads() {
  const [sort, setSort] = useState<Sort>();
  return (
    <div role="row">
      <HeadCell column={{ id: 'name', title: 'Name' }} sort={sort} onSort={setSort} />
      <HeadCell column={{ id: 'size', title: 'Size', align: 'end' }} sort={sort} onSort={setSort} />
      <HeadCell column={{ id: 'note', title: 'Note' }} sort={sort} />
    </div>
  );
}

const sortOf = (name: string) =>
  screen.getByRole('columnheader', { name }).getAttribute('aria-sort');

describe('the head of a column', () => {
  it('goes from its first direction to the other and back, and says where it is', () => {
    render(<Heads />);
    const seen = ['Name', 'Size'].map((name) => {
      const steps = [sortOf(name)];
      for (let press = 0; press < 3; press += 1) {
        fireEvent.click(screen.getByRole('button', { name }));
        steps.push(sortOf(name));
      }
      return steps;
    });
    expect(seen).toEqual([
      ['none', 'ascending', 'descending', 'ascending'],
      ['none', 'descending', 'ascending', 'descending'],
    ]);
  });

  it('is no button where nothing can be sorted', () => {
    render(<Heads />);
    expect(screen.queryByRole('button', { name: 'Note' })).toBeNull();
    expect(sortOf('Note')).toBeNull();
  });
});
