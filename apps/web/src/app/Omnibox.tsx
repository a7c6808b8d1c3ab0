import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { type ApiFailure, asFailure } from '../api/failure.ts';
import { faultIn, filterFault } from '../api/filterFault.ts';
import { casesQuery, podsQuery } from '../api/queries.ts';
import { IconButton } from '../kit/Button.tsx';
import { cls } from '../kit/cls.ts';
import { formatNoun } from '../kit/format.ts';
import { Kbd } from '../kit/Kbd.tsx';
import { bindingOf, isTyping, keyMap } from '../kit/keys.ts';
import { SafeText } from '../kit/SafeText.tsx';
import { questionOf } from '../url/question.ts';
import { useView } from '../url/useView.ts';
import styles from './Omnibox.module.css';
import { type Choice, choicesFor } from './omniboxChoices.ts';

/** Filter, pods, pages and commands behind one field. */
export function Omnibox({ caseName }: { readonly caseName: string | undefined }) {
  const [view, change] = useView();
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(view.filter);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [focused, setFocused] = useState(false);
  /** What was asked for and is no filter: it stays in the field, and the page stays as it is. */
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const [seen, setSeen] = useState(view.filter);
  if (seen !== view.filter) {
    setSeen(view.filter);
    setDraft(view.filter);
    setRefused(undefined);
  }

  const inCase = caseName !== undefined;
  const pods = useQuery({ ...podsQuery(caseName ?? ''), enabled: inCase && open });
  const cases = useQuery({ ...casesQuery(), enabled: open });
  const matched = useQuery({
    ...podsQuery(caseName ?? '', questionOf(view)),
    enabled: inCase && view.filter !== '',
  });
  const failed = matched.isError && view.filter !== '' ? asFailure(matched.error) : undefined;
  const isBad = failed?.code === 'bad_filter' || failed?.code === 'not_supported_yet';
  const wrongText = refused ?? (isBad ? view.filter : undefined);
  const wrong = refused === undefined ? failed : filterFault(refused);
  const isWrong = wrongText !== undefined && wrong !== undefined;
  const choices = open
    ? choicesFor(draft, {
        caseName,
        view,
        pods: pods.data?.items ?? [],
        cases: cases.data?.items ?? [],
      })
    : [];
  const active = Math.min(at, choices.length - 1);

  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const binding = bindingOf(event, keyMap)?.id;
      if (binding !== 'palette' && (binding !== 'search' || isTyping(event.target))) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
      setOpen(true);
      setAt(0);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const applyFilter = (filter: string) => {
    setOpen(false);
    const asked = filter.trim();
    if (inCase && filterFault(asked) !== undefined) {
      setRefused(asked);
      return;
    }
    setRefused(undefined);
    change({ filter: asked });
  };
  const choose = (choice: Choice | undefined) => {
    setOpen(false);
    if (choice === undefined || choice.kind === 'filter') {
      applyFilter(draft);
      return;
    }
    setDraft(view.filter);
    input.current?.blur();
    void navigate(choice.target);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (choices.length > 0) setAt((active + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(choices[active]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (open) setOpen(false);
      else {
        setRefused(undefined);
        setDraft(view.filter);
        input.current?.blur();
      }
    }
  };

  const placeholder = inCase ? 'Filter: text, or proc.name = nc' : 'Find a case or a command';
  return (
    <div
      className={cls(styles.omnibox, isWrong && styles.wrong)}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setOpen(false);
        setFocused(false);
      }}
    >
      <Search className={styles.glass} aria-hidden="true" />
      <input
        ref={input}
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={inCase ? 'Filter, or find a pod, page or command' : 'Find a case or a command'}
        aria-expanded={choices.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={choices.length > 0 ? `${id}-${active}` : undefined}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-why` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder={placeholder}
        value={draft}
        onFocus={() => {
          setOpen(true);
          setFocused(true);
        }}
        onChange={(event) => {
          setDraft(event.target.value);
          setRefused(undefined);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {view.filter !== '' &&
        !isWrong &&
        matched.data !== undefined &&
        !matched.isPlaceholderData && (
          <span className={styles.count}>
            {formatNoun(matched.data.total ?? matched.data.items.length, 'pod')}
            {matched.data.completeness.derived !== undefined && ' so far'}
          </span>
        )}
      {draft === '' ? (
        <Kbd keys="/" />
      ) : (
        <IconButton
          icon={<X aria-hidden="true" />}
          label="Clear the filter"
          className={styles.clear}
          onPress={() => {
            setDraft('');
            applyFilter('');
          }}
        />
      )}
      {isWrong && !open && (
        <div id={`${id}-why`} role="alert" className={cls(styles.why, !focused && styles.unseen)}>
          <Pointed text={wrongText} failure={wrong} />
          <SafeText text={wrong.message} />
        </div>
      )}
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="Suggestions"
        className={styles.list}
        hidden={choices.length === 0}
      >
        {choices.map((choice, place) => (
          <div
            key={choice.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === active}
            className={cls(styles.choice, place === active && styles.active)}
            onPointerEnter={() => setAt(place)}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(choice);
            }}
          >
            <span className={styles.kind}>{choice.kind}</span>
            <SafeText text={choice.text} className={styles.text} />
            <span className={styles.detail}>{choice.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** The whole filter with the word that is to blame marked. */
function Pointed({ text, failure }: { readonly text: string; readonly failure: ApiFailure }) {
  const found = faultIn(text, failure);
  if (found === undefined) return null;
  const { before, fault, after } = found;
  return (
    <code className={styles.pointed}>
      <SafeText text={before} />
      <mark className={styles.fault}>
        <SafeText text={fault || '␣'} />
      </mark>
      <SafeText text={after} />
    </code>
  );
}
