import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recordCall } from '../../../graph/record-call';
import { markKind } from '../../../support/marker';
import { requireName } from '../../../support/object-names';
import { requireOptions } from '../../../support/options/require-options';
import type { CallOptions } from '../../../values/access/call-options';
import type { ICallee } from '../../../values/access/callee';
import type { ICaller } from '../../../values/access/caller';
import { freeScope } from '../../tree/free-scope';
import { objectsOf } from '../../tree/objects-of';
import { makeCronJob } from '../../workload/pods/make-job';
import { connectWorkload } from '../declared-workload';
import { declareCaller } from './declare-caller';
import { MESHED_CRON_JOB_PROPS, type MeshedCronJobProps } from './meshed-job-props';

const MOST_IN_NAME = 52;

/**
 * Pods in the mesh that run to their end, again and again, call others, and that nobody calls: a report, the end of a day.
 *
 * Expands into a ServiceAccount and a CronJob whose sidecars are sidecar containers of Kubernetes, so that the pods end when the container does; in ambient mode there
 * is nothing to end.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 *
 * @example
 * import { HttpAccess, MeshedCronJob } from 'istio-constructs';
 *
 * const closing = new MeshedCronJob(shop, 'close-day', {
 *   image: 'ghcr.io/acme/close-day:1.0.0',
 *   schedule: '30 23 * * *',
 *   timeZone: 'Europe/Berlin',
 * });
 * closing.calls(cart, { http: [HttpAccess.post('/close')] });
 */
export class MeshedCronJob extends Construct implements ICaller {
  /** Name of the `app` label of its pods. */
  public readonly workloadName: string;
  /** Namespace that it lives in. */
  public readonly namespaceName: string;
  /** ServiceAccount of its pods. */
  public readonly serviceAccountName: string;
  /** SPIFFE identity of its pods, as policies write it: without the scheme. */
  public readonly principal: string;
  /** The CronJob, with all of cdk8s-plus. */
  public readonly cronJob: kplus.CronJob;

  /**
   * Declares the job.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the job unless `name` is set
   * @param props What it is
   */
  public constructor(scope: Construct, id: string, props: MeshedCronJobProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshedCronJob');
    requireOptions(this, props, MESHED_CRON_JOB_PROPS);
    // Its Jobs add eleven characters.
    requireName(this, 'name of a CronJob', props.name ?? id, MOST_IN_NAME);
    const declared = declareCaller(this, props);
    const { party, account, spec } = declared;
    this.workloadName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.principal = party.principal!;
    this.cronJob = makeCronJob(this, { party, account, spec, name: party.name }, props);
    connectWorkload(this, declared);
  }

  /**
   * Says that it calls another: opens the way at both ends, and nothing else is open in a ZeroTrustNamespace.
   * @param callee What it calls
   * @param options Which port and requests; all when left out
   */
  public calls(callee: ICallee, options: CallOptions = {}): void {
    recordCall(this, { caller: this, callee, action: 'ALLOW', options });
  }

  /** Its objects, as far as they follow from what was said by now: to be patched where its own props have no words. */
  public get objects(): ApiObject[] {
    return objectsOf(this);
  }
}
