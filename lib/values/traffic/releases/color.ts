import { oneOf } from '../../../support/options/kind';

/** One of the two versions between which a `BlueGreenRelease` switches. */
export enum Color {
  /** The service's own version. */
  BLUE = 'BLUE',
  /** The version that the release adds. */
  GREEN = 'GREEN',
}

export const COLOR = oneOf('Color', Color);
