import { look, lookOf } from '../../view/look.ts';
import type { VisibleTree } from '../../view/visibleTree.ts';

/** The class of a row's look, shared by rows and cards. */
export function classOf(
  tree: VisibleTree,
  row: number,
): 'loud' | 'lateQuiet' | 'main' | 'ghost' | 'blocked' | 'refused' | 'plain' {
  switch (lookOf(tree, row)) {
    case look.loud:
    case look.astray:
      return 'loud';
    case look.main:
      return 'main';
    case look.blocked:
      return 'blocked';
    case look.refused:
      return 'refused';
    case look.ghost:
    case look.named:
    case look.loose:
      return 'ghost';
    case look.lateQuiet:
      return 'lateQuiet';
    default:
      return 'plain';
  }
}
