import { type Look, look, signs } from '../view/look.ts';
import type { PaintTheme } from './paintTheme.ts';

/** How a kind of card is drawn. Shape, line and sign differ with the colour, never the colour alone. */
export interface Face {
  readonly shape: 'card' | 'stack' | 'pill' | 'halfPill' | 'hexagon';
  readonly fill: string;
  readonly line: string;
  readonly lineWidth: number;
  readonly dash: readonly number[];
  /** A thick bar at the left edge; empty: none. */
  readonly bar: string;
  /** The colour of the block and the sign in it where there is no room for a card. */
  readonly block: string;
  readonly sign: string;
  readonly signInk: string;
  /** The colour of the sign where it stands alone. */
  readonly mark: string;
}

const SOLID: readonly number[] = [];
/** Of what is only a guess, or said quietly. */
const DOTTED: readonly number[] = [1.5, 3];
/** Of what was prevented. */
const BROKEN: readonly number[] = [7, 3];

/** A face before it has the sign of its look. */
type Drawn = Omit<Face, 'sign'>;

/** The faces of a theme, by `look`. */
export function facesOf(theme: PaintTheme): readonly Face[] {
  const drawn = drawnOf(theme);
  return Object.values(look)
    .toSorted((a, b) => a - b)
    .map((code) => ({ ...drawn[code], sign: signs[code] }));
}

function drawnOf(theme: PaintTheme): Readonly<Record<Look, Drawn>> {
  const plain: Drawn = {
    shape: 'card',
    fill: theme.paper,
    line: theme.line,
    lineWidth: 1,
    dash: SOLID,
    bar: '',
    block: theme.hairline,
    signInk: theme.ink,
    mark: theme.faint,
  };
  const pill: Drawn = {
    ...plain,
    shape: 'pill',
    line: theme.connection,
    block: theme.connection,
    signInk: theme.paper,
    mark: theme.connection,
  };
  const quiet: Drawn = { ...pill, line: theme.hairline, block: theme.hairline, mark: theme.faint };
  const refused: Drawn = {
    ...plain,
    fill: theme.alertWash,
    line: theme.alert,
    lineWidth: 1.5,
    dash: BROKEN,
    block: theme.alert,
    signInk: theme.paper,
    mark: theme.alert,
  };
  const loud: Drawn = {
    ...plain,
    fill: theme.lateWash,
    line: theme.lateLine,
    lineWidth: 1.5,
    bar: theme.lateFill,
    block: theme.lateFill,
    signInk: theme.lateInk,
  };
  return {
    [look.ordinary]: plain,
    [look.infrastructure]: { ...plain, fill: theme.sunken, line: theme.hairline },
    [look.ghost]: { ...plain, dash: [5, 4] },
    [look.named]: { ...plain, dash: DOTTED },
    [look.leaf]: pill,
    [look.inbound]: pill,
    [look.external]: { ...pill, line: theme.external, block: theme.external, mark: theme.external },
    [look.listen]: { ...pill, shape: 'halfPill' },
    [look.capsule]: { ...quiet, fill: theme.sunken },
    [look.more]: { ...quiet, fill: theme.raised },
    [look.group]: { ...plain, shape: 'stack', fill: theme.sunken },
    [look.loose]: { ...plain, fill: theme.sunken, dash: DOTTED },
    [look.looseRule]: { ...quiet, line: theme.alert, block: theme.alert, mark: theme.alert },
    [look.head]: { ...plain, shape: 'hexagon', fill: theme.sunken },
    [look.lateQuiet]: { ...plain, line: theme.lateLine, dash: DOTTED },
    [look.main]: {
      ...plain,
      fill: theme.mainWash,
      line: theme.main,
      lineWidth: 1.5,
      bar: theme.main,
      block: theme.main,
      signInk: theme.paper,
    },
    [look.refused]: { ...refused, shape: 'pill', fill: theme.paper },
    [look.blocked]: refused,
    [look.loud]: loud,
    [look.astray]: loud,
  };
}
