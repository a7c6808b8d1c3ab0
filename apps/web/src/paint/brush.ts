/** What of a 2D context is painted with: small enough to be recorded by a test. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'fillRect'
  | 'clearRect'
  | 'strokeRect'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'roundRect'
  | 'setLineDash'
  | 'fillText'
  | 'save'
  | 'restore'
> & {
  // Of the overloads only the plain ones.
  fill(): void;
  stroke(): void;
  clip(): void;
  measureText(text: string): { readonly width: number };
};
