export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its centre. */
export interface Area extends Spot {
  readonly width: number;
  readonly height: number;
}
