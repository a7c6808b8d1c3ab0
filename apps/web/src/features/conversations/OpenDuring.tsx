import { Clock } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../kit/Button.tsx';
import { Dialog } from '../../kit/Dialog.tsx';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import styles from './OpenDuring.module.css';
import { fieldsOf, readWindow, type WindowFields } from './windowFields.ts';

export interface OpenDuringProps {
  readonly view: View;
  readonly change: ChangeView;
}

/** Chooses the window in which the listed conversations were open. */
export function OpenDuring({ view, change }: OpenDuringProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button kind="quiet" icon={<Clock aria-hidden="true" />} onPress={() => setOpen(true)}>
        Open during…
      </Button>
      <Dialog title="Open during" isOpen={isOpen} onClose={() => setOpen(false)}>
        <WindowForm
          first={fieldsOf(view.range)}
          onChoose={(range) => {
            change({ range });
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

interface WindowFormProps {
  readonly first: WindowFields;
  readonly onChoose: (range: View['range']) => void;
}

function WindowForm({ first, onChoose }: WindowFormProps) {
  const [fields, setFields] = useState(first);
  const [refused, setRefused] = useState<{ field: keyof WindowFields; reason: string }>();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const read = readWindow(fields);
    if (read.ok) onChoose(read.range);
    else setRefused(read);
  };
  const fieldProps = (field: keyof WindowFields) => ({
    value: fields[field],
    reason: refused?.field === field ? refused.reason : '',
    onChange: (text: string) => {
      setFields({ ...fields, [field]: text });
      setRefused(undefined);
    },
  });
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <p className={styles.note}>
        Every conversation that was open at any moment of the window, also one that began before it.
        Times are UTC; an empty one is no bound.
      </p>
      <TimeField label="From" {...fieldProps('from')} isFirst />
      <TimeField label="Until" {...fieldProps('to')} />
      <p className={styles.actions}>
        <Button onPress={() => onChoose(undefined)}>All times</Button>
        <Button type="submit" kind="primary">
          Show
        </Button>
      </p>
    </form>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  /** Why it was refused; empty: it was not. */
  readonly reason: string;
  readonly onChange: (text: string) => void;
  readonly isFirst?: boolean;
}

function TimeField({ label, value, reason, onChange, isFirst = false }: TimeFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // The dialog was opened to type here.
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <p className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.input}
        value={value}
        placeholder="2026-03-14 07:06:00"
        autoComplete="off"
        spellCheck={false}
        ref={input}
        aria-invalid={reason !== ''}
        aria-describedby={`${id}-reason`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-reason`} role="alert" className={styles.reason}>
        {reason}
      </span>
    </p>
  );
}
