import { ArrowDownNarrowWide, ArrowUpNarrowWide } from 'lucide-react';
import { Button } from '../../kit/Button.tsx';

export interface OrderButtonProps {
  readonly order: 'asc' | 'desc';
  readonly onChange: (order: 'asc' | 'desc') => void;
}

/** Which end of the log is on top; a press turns it around. */
export function OrderButton({ order, onChange }: OrderButtonProps) {
  const Icon = order === 'asc' ? ArrowDownNarrowWide : ArrowUpNarrowWide;
  return (
    <Button
      kind="quiet"
      icon={<Icon aria-hidden="true" />}
      onPress={() => onChange(order === 'asc' ? 'desc' : 'asc')}
    >
      {order === 'asc' ? 'Oldest first' : 'Newest first'}
    </Button>
  );
}
