import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './Button.tsx';
import { hasUnseen } from './visibleText.ts';

export interface CopyButtonProps {
  /** The literal bytes that go to the clipboard. */
  readonly text: string;
  /** What is copied: `command`. */
  readonly what: string;
}

/**
 * Copies a value as it is. Its tooltip warns when the value holds line breaks or control characters: pasting
 * an attacker's command into a terminal would run it.
 */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1200);
    return () => clearTimeout(timer);
  }, [copied]);
  const warning = hasUnseen(text)
    ? ' (holds hidden characters: do not paste it into a terminal)'
    : '';
  return (
    <IconButton
      icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      label={copied ? 'Copied' : `Copy ${what}${warning}`}
      onPress={() => {
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
    />
  );
}
