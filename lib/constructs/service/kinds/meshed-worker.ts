import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { recordCall } from '../../../graph/record-call';
import { markKind } from '../../../support/marker';
import { requireOptions } from '../../../support/options/require-options';
import type { CallOptions } from '../../../values/access/call-options';
import type { ICallee } from '../../../values/access/callee';
import type { ICaller } from '../../../values/access/caller';
import { freeScope } from '../../tree/free-scope';
import { objectsOf } from '../../tree/objects-of';
import { makeBudget } from '../../workload/disruption-budget';
import { makeVersion } from '../../workload/version-deployment';
import { connectWorkload } from '../declared-workload';
import { declareCaller } from './declare-caller';
import { MESHED_WORKER_PROPS, type MeshedWorkerProps } from './meshed-worker-props';

/**
 * Pods in the mesh that call others and that nobody calls: the consumer of a queue, a load generator. They open no port and have no Service.
 *
 * Expands into a ServiceAccount, a Deployment `<name>-<version>`, from two pods up a PodDisruptionBudget, and optionally a HorizontalPodAutoscaler. In a
 * ZeroTrustNamespace a NetworkPolicy and a Sidecar scope hold what it calls, and nobody is let in.
 *
 * @example
 * import { MeshedWorker, WorkloadProbe } from 'istio-constructs';
 *
 * const mailer = new MeshedWorker(shop, 'mailer', {
 *   image: 'ghcr.io/acme/mailer:1.4.0',
 *   liveness: WorkloadProbe.exec('test', '-f', '/tmp/alive'),
 *   scaledBy: 'KEDA',
 * });
 * mailer.calls(product);
 */
export class MeshedWorker extends Construct implements ICaller {
  /** Name of the `app` label of its pods. */
  public readonly workloadName: string;
  /** Namespace that it lives in. */
  public readonly namespaceName: string;
  /** ServiceAccount of its pods. */
  public readonly serviceAccountName: string;
  /** SPIFFE identity of its pods, as policies write it: without the scheme. */
  public readonly principal: string;
  /** The Deployment, with all of cdk8s-plus. */
  public readonly deployment: kplus.Deployment;

  /**
   * Declares the worker.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the worker unless `name` is set
   * @param props What it is
   */
  public constructor(scope: Construct, id: string, props: MeshedWorkerProps) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshedWorker');
    requireOptions(this, props, MESHED_WORKER_PROPS);
    const declared = declareCaller(this, props);
    const { party, account, spec } = declared;
    this.workloadName = party.name;
    this.namespaceName = party.namespaceName;
    this.serviceAccountName = party.serviceAccountName!;
    this.principal = party.principal!;
    this.deployment = makeVersion(this, { party, account, spec, version: props.version ?? 'v1' });
    makeBudget(this, party, spec);
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
