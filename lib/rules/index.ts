import { sortedBy } from '../support/ordering';
import { RULES as ACCESS } from './access';
import { RULES as ANNOTATIONS } from './annotations';
import { RULES as BESIDE } from './beside';
import { RULES as BORDER } from './border';
import { RULES as CLUSTERS } from './clusters';
import { RULES as CONTROLLERS } from './controllers';
import { RULES as DATED } from './dated';
import { RULES as EDGE } from './edge';
import { RULES as ELSEWHERE } from './elsewhere';
import { RULES as ENROLMENT } from './enrolment';
import { RULES as GUARDED } from './guarded';
import { RULES as IDENTITY } from './identity';
import { RULES as INSTALLED } from './installed';
import { RULES as JOINING } from './joining';
import { RULES as MIGRATION } from './migration';
import { RULES as MTLS } from './mtls';
import { RULES as NAMED } from './named';
import { RULES as NAMES } from './names';
import { RULES as NETWORK } from './network';
import { RULES as OUTSIDE } from './outside';
import { RULES as PATCHES } from './patches';
import { RULES as PICKED } from './picked';
import { RULES as RESILIENCE } from './resilience';
import { RULES as RETRIES } from './retries';
import { RULES as ROUTING } from './routing';
import { RULES as SCHEMAS } from './schemas';
import { RULES as SOURCES } from './sources';
import { RULES as STAGES } from './stages';
import { RULES as TENANTS } from './tenants';
import { RULES as TRAFFIC } from './traffic';
import { RULES as USERS } from './users';
import { RULES as WAYPOINTS } from './waypoints';
import { RULES as WORKLOADS } from './workloads';
import type { Rule } from './rule';

/** Every rule, in the order of its code. The index of a topic is made from its files by scripts/rules/topics.mjs. */
export const RULES: readonly Rule[] = sortedBy(
  [
    ...ACCESS,
    ...ANNOTATIONS,
    ...BESIDE,
    ...BORDER,
    ...CLUSTERS,
    ...CONTROLLERS,
    ...DATED,
    ...EDGE,
    ...ELSEWHERE,
    ...ENROLMENT,
    ...GUARDED,
    ...IDENTITY,
    ...INSTALLED,
    ...JOINING,
    ...MIGRATION,
    ...MTLS,
    ...NAMED,
    ...NAMES,
    ...NETWORK,
    ...OUTSIDE,
    ...PATCHES,
    ...PICKED,
    ...RESILIENCE,
    ...RETRIES,
    ...ROUTING,
    ...SCHEMAS,
    ...SOURCES,
    ...STAGES,
    ...TENANTS,
    ...TRAFFIC,
    ...USERS,
    ...WAYPOINTS,
    ...WORKLOADS,
  ],
  ({ code }) => code,
);
