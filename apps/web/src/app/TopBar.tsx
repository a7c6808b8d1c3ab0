import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronDown, CircleHelp, Clock, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { casesQuery } from '../api/queries.ts';
import { Button, IconButton } from '../kit/Button.tsx';
import { formatNoun } from '../kit/format.ts';
import { formatOffset } from '../kit/formatTime.ts';
import { Menu } from '../kit/Menu.tsx';
import { SafeText } from '../kit/SafeText.tsx';
import { caseLink, casePages } from '../url/links.ts';
import { useView } from '../url/useView.ts';
import type { View } from '../url/view.ts';
import { AlertCount } from './AlertCount.tsx';
import { LiveDot } from './LiveDot.tsx';
import { Mark } from './Mark.tsx';
import { Omnibox } from './Omnibox.tsx';
import styles from './TopBar.module.css';
import { chooseTheme, storedTheme, type Theme, themes } from './theme.ts';

const PAGES: readonly { readonly page: keyof typeof casePages; readonly title: string }[] = [
  { page: 'overview', title: 'Overview' },
  { page: 'alerts', title: 'Alerts' },
  { page: 'destinations', title: 'Destinations' },
  { page: 'lateral', title: 'Lateral' },
  { page: 'conversations', title: 'Conversations' },
  { page: 'events', title: 'Events' },
  { page: 'health', title: 'Health' },
];

export interface TopBarProps {
  readonly caseName: string | undefined;
  readonly onHelp: () => void;
}

/** Case, pages, search, live, zone, theme, help. */
export function TopBar({ caseName, onHelp }: TopBarProps) {
  const [view, change] = useView();
  return (
    <header className={styles.bar}>
      <Link to="/" className={styles.brand} aria-label="Forebear, start page">
        <Mark />
        <span className={styles.name}>Forebear</span>
      </Link>
      {caseName !== undefined && (
        <>
          <CaseSwitch caseName={caseName} />
          <nav className={styles.pages} aria-label="Pages of the case">
            {PAGES.map(({ page, title }) => (
              <Link
                key={page}
                {...caseLink(page, caseName, view)}
                className={styles.page}
                activeOptions={{ exact: page === 'overview', includeSearch: false }}
              >
                {title}
                {page === 'alerts' && <AlertCount caseName={caseName} />}
              </Link>
            ))}
          </nav>
        </>
      )}
      <Omnibox caseName={caseName} />
      {caseName !== undefined && <LiveDot caseName={caseName} />}
      <span className={styles.tools}>
        <ZoneSwitch view={view} onChoose={(zone) => change({ zone })} />
        <ThemeSwitch />
        <IconButton
          icon={<CircleHelp aria-hidden="true" />}
          label="Keys and marks"
          keys="?"
          onPress={onHelp}
        />
      </span>
    </header>
  );
}

function CaseSwitch({ caseName }: { readonly caseName: string }) {
  const navigate = useNavigate();
  const { data } = useQuery(casesQuery());
  const cases = data?.items ?? [];
  const entries = [
    ...cases.map((one) => ({
      id: `case:${one.name}`,
      text: one.name,
      content: <SafeText text={one.name} />,
      detail: formatNoun(one.processes, 'execution'),
      chosen: one.name === caseName,
    })),
    { id: 'all', text: 'All cases, new upload…', chosen: false },
  ];
  return (
    <Menu
      label="Case"
      entries={entries}
      onChoose={(id) => {
        if (id === 'all') void navigate({ to: '/' });
        else void navigate({ to: casePages.overview, params: { case: id.slice(5) } });
      }}
    >
      <Button kind="quiet" className={styles.case}>
        <span className={styles.caseWord}>Case</span>
        <SafeText text={caseName} className={styles.caseName} />
        <ChevronDown className={styles.chevron} aria-hidden="true" />
      </Button>
    </Menu>
  );
}

interface ZoneSwitchProps {
  readonly view: View;
  readonly onChoose: (zone: View['zone']) => void;
}

function ZoneSwitch({ view, onChoose }: ZoneSwitchProps) {
  const { zone } = view;
  const [local] = useState(() => formatOffset(-new Date().getTimezoneOffset()));
  const fixed = typeof zone === 'object' ? formatOffset(zone.offsetMinutes) : undefined;
  const caption = fixed ?? (zone === 'utc' ? 'UTC' : 'Local');
  const entries = [
    { id: 'utc', text: 'UTC', chosen: zone === 'utc' },
    { id: 'local', text: 'Local time', detail: local, chosen: zone === 'local' },
    ...(fixed === undefined ? [] : [{ id: 'fixed', text: `UTC ${fixed}`, chosen: true }]),
  ];
  return (
    <Menu
      label="Time zone"
      entries={entries}
      onChoose={(id) => {
        if (id === 'utc' || id === 'local') onChoose(id);
      }}
    >
      <Button kind="quiet" icon={<Clock aria-hidden="true" />} aria-label={`Time zone: ${caption}`}>
        {caption}
      </Button>
    </Menu>
  );
}

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
};
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const Icon = THEME_ICONS[theme];
  return (
    <Menu
      label="Theme"
      entries={themes.map((one) => ({ id: one, text: THEME_WORDS[one], chosen: one === theme }))}
      onChoose={(id) => {
        const chosen = themes.find((one) => one === id) ?? 'system';
        chooseTheme(chosen);
        setTheme(chosen);
      }}
    >
      <IconButton icon={<Icon aria-hidden="true" />} label={`Theme: ${THEME_WORDS[theme]}`} />
    </Menu>
  );
}
