import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { markKind } from '../../../support/marker';
import { requireOptions } from '../../../support/options/require-options';
import { freeScope } from '../../tree/free-scope';
import { makeDaemonSet } from '../../workload/pods/make-daemon-set';
import { MeshedService } from '../meshed-service';
import type { MeshedServiceProps } from '../meshed-service-props';
import { MESHED_DAEMON_SET_PROPS, type MeshedDaemonSetProps } from './meshed-daemon-set-props';
import { madeBy } from './pod-maker';
import { requireUpdates } from '../../workload/pods/require-updates';

/**
 * A service of the mesh with one pod on each node: an agent that pods call, or that calls them.
 *
 * Expands as a `MeshedService` does, but for a DaemonSet in place of the Deployment. With `trafficDistribution` callers come to the pod on their own node first. Pods
 * that need the network of their node are not in the mesh.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 * @example
 * import { MeshedDaemonSet, MeshPort, TrafficDistribution } from 'istio-constructs';
 *
 * const cache = new MeshedDaemonSet(shop, 'cache', {
 *   image: 'ghcr.io/acme/cache:1.0.0',
 *   ports: [MeshPort.tcp(11211)],
 *   trafficDistribution: TrafficDistribution.PREFER_SAME_NODE,
 * });
 * cart.calls(cache);
 */
export class MeshedDaemonSet extends MeshedService {
  /** The DaemonSet, with all of cdk8s-plus. */
  public readonly daemonSet: kplus.DaemonSet;

  /**
   * Declares the service.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param props What it is and how it is called
   */
  public constructor(scope: Construct, id: string, props: MeshedDaemonSetProps) {
    super(scope, id, servicePropsOf(`${freeScope(scope, id).node.path}/${id}`, props));
    markKind(this, 'MeshedDaemonSet');
    this.daemonSet = this.node.findChild('DaemonSet') as kplus.DaemonSet;
  }
}

function servicePropsOf(at: string, props: MeshedDaemonSetProps): MeshedServiceProps {
  requireOptions(at, props, MESHED_DAEMON_SET_PROPS);
  const updates = requireUpdates(at, 'DaemonSet', props.updateStrategy?._facts);
  return madeBy(
    { ...props },
    { make: (scope, pods) => makeDaemonSet(scope, { ...pods, spec: { ...pods.spec, updates }, name: pods.party.name }) },
  );
}
