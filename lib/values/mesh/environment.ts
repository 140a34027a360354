import { oneOf } from '../../support/options/kind';

/** What a cluster is for: some things that a test needs are refused where people depend on it. */
export enum Environment {
  /** Those who write the services try them out. */
  DEVELOPMENT = 'development',
  /** As in production, without its people. */
  STAGING = 'staging',
  /** People depend on it. A FaultInjection stops synth here, unless it says why it may not. */
  PRODUCTION = 'production',
}

export const ENVIRONMENT = oneOf('Environment', Environment);
