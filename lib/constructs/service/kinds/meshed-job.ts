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
import { makeJob } from '../../workload/pods/make-job';
import { connectWorkload } from '../declared-workload';
import { declareCaller } from './declare-caller';
import { MESHED_JOB_PROPS, type MeshedJobProps } from './meshed-job-props';

/**
 * Pods in the mesh that run to their end, call others, and that nobody calls: a migration, an import.
 *
 * Expands into a ServiceAccount and a Job whose sidecar is a sidecar container of Kubernetes, so that the pods end when the container does; in ambient mode there is
 * nothing to end. A Job never changes: give it another `version` with another image.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 *
 * @example
 * import { Duration } from 'cdk8s';
 * import { HttpAccess, MeshedJob } from 'istio-constructs';
 *
 * const load = new MeshedJob(shop, 'load-products', {
 *   image: 'ghcr.io/acme/load-products:2.0.0',
 *   version: '2-0-0',
 *   deleteAfter: Duration.days(1),
 * });
 * load.calls(product, { http: [HttpAccess.put('/products/*')] });
 */
export class MeshedJob extends Construct implements ICaller {
  /** Name of the `app` label of its pods. */
  public readonly workloadName: string;
  /** Namespace that it lives in. */
  public readonly namespaceName: string;
  /** ServiceAccount of its pods. */
  public readonly serviceAccountName: string;
  /** SPIFFE identity of its pods, as policies write it: without the scheme. */
  public readonly principal: string;
  /** The Job, with all of cdk8s-plus. */
  public readonly job: kplus.Job;

  /**
   * Declares the job.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the job unless `name` is set
   * @param props What it is
   */
  public constructor(scope: Construct, id: string, props: MeshedJobProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshedJob');
    requireOptions(this, props, MESHED_JOB_PROPS);
    const declared = declareCaller(this, props);
    const { party, account, spec } = declared;
    this.workloadName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.principal = party.principal!;
    const { version } = props;
    const name = version === undefined ? party.name : requireName(this, 'name of a job (<name>-<version>)', `${party.name}-${version}`);
    this.job = makeJob(this, { party, account, spec, name, version }, props);
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
