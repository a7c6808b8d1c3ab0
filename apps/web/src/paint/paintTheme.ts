/** The colours of a drawing: the tokens of the palette, resolved for the theme the page is in. */
export interface PaintTheme {
  readonly paper: string;
  readonly sunken: string;
  readonly raised: string;
  readonly ink: string;
  readonly faint: string;
  readonly hairline: string;
  readonly line: string;
  readonly main: string;
  readonly mainWash: string;
  readonly lateFill: string;
  readonly lateLine: string;
  readonly lateWash: string;
  readonly lateInk: string;
  readonly alert: string;
  readonly alertWash: string;
  readonly connection: string;
  readonly connectionWash: string;
  readonly external: string;
  readonly externalWash: string;
  readonly font: string;
}

/** What leads outside stands out against what stays inside, light and dark: its line has the contrast of text. */
export const paintTokens: Readonly<Record<Exclude<keyof PaintTheme, 'font'>, string>> = {
  paper: '--paper',
  sunken: '--paper-2',
  raised: '--paper-3',
  ink: '--ink',
  faint: '--ink-3',
  hairline: '--line-2',
  line: '--ordinary-line',
  main: '--main',
  mainWash: '--main-wash',
  lateFill: '--late-fill',
  lateLine: '--late-line',
  lateWash: '--late-wash',
  lateInk: '--late-ink',
  alert: '--alert',
  alertWash: '--alert-wash',
  connection: '--line-3',
  connectionWash: '--connection-wash',
  external: '--external-text',
  externalWash: '--external-wash',
};

/** With forced colours the system's few colours stand for ours; shapes and signs say the rest. */
const FORCED: Readonly<Record<Exclude<keyof PaintTheme, 'font'>, string>> = {
  paper: 'Canvas',
  sunken: 'Canvas',
  raised: 'Canvas',
  ink: 'CanvasText',
  faint: 'GrayText',
  hairline: 'CanvasText',
  line: 'CanvasText',
  main: 'Highlight',
  mainWash: 'Canvas',
  lateFill: 'Mark',
  lateLine: 'CanvasText',
  lateWash: 'Canvas',
  lateInk: 'MarkText',
  alert: 'LinkText',
  alertWash: 'Canvas',
  connection: 'CanvasText',
  connectionWash: 'Canvas',
  external: 'LinkText',
  externalWash: 'Canvas',
};

/** Reads the theme an element is in. A canvas knows no custom properties, so a probe resolves them. */
export function readPaintTheme(element: HTMLElement): PaintTheme {
  const forced = matchMedia('(forced-colors: active)').matches;
  const probe = element.ownerDocument.createElement('span');
  probe.style.display = 'none';
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  const style = getComputedStyle(probe);
  const resolve = (name: Exclude<keyof PaintTheme, 'font'>): string => {
    probe.style.color = forced ? FORCED[name] : `var(${paintTokens[name]})`;
    return style.color;
  };
  const theme: PaintTheme = {
    paper: resolve('paper'),
    sunken: resolve('sunken'),
    raised: resolve('raised'),
    ink: resolve('ink'),
    faint: resolve('faint'),
    hairline: resolve('hairline'),
    line: resolve('line'),
    main: resolve('main'),
    mainWash: resolve('mainWash'),
    lateFill: resolve('lateFill'),
    lateLine: resolve('lateLine'),
    lateWash: resolve('lateWash'),
    lateInk: resolve('lateInk'),
    alert: resolve('alert'),
    alertWash: resolve('alertWash'),
    connection: resolve('connection'),
    connectionWash: resolve('connectionWash'),
    external: resolve('external'),
    externalWash: resolve('externalWash'),
    font: style.fontFamily,
  };
  probe.remove();
  return theme;
}
