import type { Duration } from 'cdk8s';
import { timespan } from '../../support/options/timespan';

export const DURATION = timespan<Duration>();
