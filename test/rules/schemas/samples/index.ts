import { REFUSED_CLIENTS, TAKEN_CLIENTS } from './clients';
import { REFUSED_EDGES, TAKEN_EDGES } from './edges';
import { REFUSED_OTHERS, TAKEN_OTHERS } from './others';
import { REFUSED_POLICIES, TAKEN_POLICIES } from './policies';
import { REFUSED_ROUTES, TAKEN_ROUTES } from './routes';
import type { Refused, Taken } from './sample';
import { REFUSED_SERVICES, TAKEN_SERVICES } from './services';

/** What Istio takes, a shape at a time. */
export const TAKEN: readonly Taken[] = [
  ...[...TAKEN_CLIENTS, ...TAKEN_EDGES, ...TAKEN_ROUTES],
  ...[...TAKEN_SERVICES, ...TAKEN_POLICIES, ...TAKEN_OTHERS],
];

/** What it refuses, one mistake at a time. */
export const REFUSED: readonly Refused[] = [
  ...[...REFUSED_CLIENTS, ...REFUSED_EDGES, ...REFUSED_ROUTES],
  ...[...REFUSED_SERVICES, ...REFUSED_POLICIES, ...REFUSED_OTHERS],
];
