import type { ApiObject, Cron, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { requireCount } from '../../../support/numbers';
import { amendManifest, type Manifest } from '../../tree/amend-manifest';
import { completeWorkload, joinMesh, podPropsOf, type WorkloadPods } from './pod-props-of';
import { requireSchedule, requireTimeZone } from './require-schedule';

/** How often a job runs its pods. */
export interface JobFacts {
  readonly completions?: number;
  readonly parallelism?: number;
  readonly retries?: number;
  readonly deadline?: Duration;
  readonly deleteAfter?: Duration;
}

/** When it does so. */
export interface CronFacts extends JobFacts {
  readonly schedule: string;
  readonly timeZone?: string;
  readonly overlap?: string;
  readonly startWithin?: Duration;
  readonly suspend?: boolean;
}

const START_WITHIN_SECONDS = 300;
const LEAST_START_SECONDS = 10;

export function makeJob(at: Construct, pods: WorkloadPods, facts: JobFacts): kplus.Job {
  const said = renderJob(at, facts);
  const job = new kplus.Job(at, 'Job', podPropsOf(pods, false));
  complete(at, job, pods, (manifest) => ({ ...manifest, spec: { ...said, ...(manifest.spec as Manifest) } }));
  return job;
}

export function makeCronJob(at: Construct, pods: WorkloadPods, facts: CronFacts): kplus.CronJob {
  const { schedule, timeZone, overlap, suspend, startWithin } = facts;
  const said = renderJob(at, facts);
  const startingDeadlineSeconds = startWithin ? requireSeconds(at, 'startWithin', startWithin, LEAST_START_SECONDS) : START_WITHIN_SECONDS;
  const job = new kplus.CronJob(at, 'CronJob', {
    ...podPropsOf(pods, false),
    // Of a Cron only this is asked.
    schedule: { expressionString: requireSchedule(at, schedule) } as Cron,
    timeZone: timeZone === undefined ? undefined : requireTimeZone(at, timeZone),
    concurrencyPolicy: overlap as kplus.ConcurrencyPolicy | undefined,
    suspend,
  });
  complete(at, job, pods, (manifest) => {
    const spec = manifest.spec as Manifest;
    const template = spec.jobTemplate as Manifest;
    const jobTemplate = { ...template, spec: { ...said, ...(template.spec as Manifest) } };
    return { ...manifest, spec: { ...spec, startingDeadlineSeconds, jobTemplate } };
  });
  return job;
}

function complete(at: Construct, workload: kplus.Workload, pods: WorkloadPods, change: (manifest: Manifest) => Manifest): ApiObject {
  const resource = completeWorkload(workload, pods, { stays: false });
  amendManifest(resource, change);
  // With a sidecar of the older kind its pods never end.
  const native = { ...pods.spec, basics: { ...pods.spec.basics, proxyStart: 'native' as const } };
  joinMesh(at, resource, { party: pods.party, spec: native });
  return resource;
}

function renderJob(at: Construct, { completions, parallelism, retries, deadline, deleteAfter }: JobFacts): Manifest {
  const said = Object.entries({
    completions: completions === undefined ? undefined : requireCount(at, 'completions', completions, 1),
    parallelism: parallelism === undefined ? undefined : requireCount(at, 'parallelism', parallelism, 1),
    backoffLimit: retries === undefined ? undefined : requireCount(at, 'retries', retries, 0),
    activeDeadlineSeconds: deadline && requireSeconds(at, 'deadline', deadline, 1),
    ttlSecondsAfterFinished: deleteAfter && requireSeconds(at, 'deleteAfter', deleteAfter, 1),
  });
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

function requireSeconds(at: Construct, what: string, duration: Duration, least: number): number {
  return requireCount(at, `${what} in seconds`, requireMilliseconds(at, what, duration) / 1000, least);
}
