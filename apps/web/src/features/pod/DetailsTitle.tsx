import { mainWord } from '@forebear/model/words/flagMark';
import { markWords } from '@forebear/model/words/markWords';
import { X } from 'lucide-react';
import { Badge } from '../../kit/Badge.tsx';
import { IconButton } from '../../kit/Button.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { baseName } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { mark } from '../../view/marks.ts';
import { commandText, nameOf } from '../../view/texts.ts';
import { AlertMark } from './AlertMark.tsx';
import styles from './DetailsPanel.module.css';
import { LoudBadge } from './LoudBadge.tsx';
import { ghostWord, isBlocked, isNewOf, roleHint } from './rowTexts.ts';
import type { TreeState } from './useTree.ts';

export interface DetailsTitleProps {
  readonly state: TreeState;
  readonly onClose: () => void;
}

/** The process by name, what it is marked with, and its command. */
export function DetailsTitle({ state, onClose }: DetailsTitleProps) {
  const { model, process, view } = state;
  const { nodes } = model.columns;
  const late = nodes.lateByMs[process];
  const alerts = nodes.alerts[process] ?? 0;
  const name = nameOf(model, process);
  const binary = model.columns.strings[nodes.binary[process] ?? 0] ?? '';
  const args = model.columns.strings[nodes.arguments[process] ?? 0] ?? '';
  const command = commandText(binary, args);
  return (
    <header className={styles.title}>
      <div className={styles.nameLine}>
        <h2>
          <SafeText text={baseName(name)} />
        </h2>
        {nodes.role[process] === 'main' && (
          <Badge tone="main" {...hintOf(roleHint(model, process))}>
            {mainWord(nodes.flags[process] ?? [])}
          </Badge>
        )}
        {nodes.role[process] === 'injected' && (
          <Badge tone="plain">INJECTED · not started by the container’s main</Badge>
        )}
        {((model.marks[process] ?? 0) & mark.loud) !== 0 && (
          <LoudBadge
            late={isBlocked(model, process) ? 0 : (late ?? 0)}
            limit={view.lateMs}
            isNew={isNewOf(model, process)}
            flags={nodes.flags[process] ?? []}
          />
        )}
        {nodes.flags[process]?.includes('policy_hit') === true && (
          <Badge tone="alert" title="A policy of the agent reported what it did">
            POLICY
          </Badge>
        )}
        <AlertMark count={alerts} gravity={model.gravity[process] ?? 0} />
        {isBlocked(model, process) && (
          <Badge tone="alert" sign="⊘" {...hintOf(roleHint(model, process))}>
            BLOCKED · never ran
          </Badge>
        )}
        {((model.marks[process] ?? 0) & mark.unaccounted) !== 0 && (
          <Badge tone="alert" sign="⌁">
            {markWords('unaccounted', 1)}
          </Badge>
        )}
        {((model.marks[process] ?? 0) & mark.ghost) !== 0 && (
          <Badge tone="ghost" {...hintOf(roleHint(model, process))}>
            {ghostWord(model, process)}
          </Badge>
        )}
        <span className={styles.close}>
          <IconButton
            icon={<X aria-hidden="true" />}
            label="Close details"
            keys={'\\'}
            onPress={onClose}
          />
        </span>
      </div>
      {command !== '' && (
        <div className={styles.command}>
          <code className={styles.commandText}>
            <SafeText mono text={command} />
          </code>
          <CopyButton text={command} what="command" />
        </div>
      )}
    </header>
  );
}

function hintOf(title: string | undefined): { readonly title?: string } {
  return title === undefined ? {} : { title };
}
