import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { markKind } from '../../../support/marker';
import { requireCount } from '../../../support/numbers';
import { requireDottedName, requireName } from '../../../support/object-names';
import { requireOptions } from '../../../support/options/require-options';
import { requireMountPath } from '../../../values/workload/pods/mount-path';
import type { VolumeClaim } from '../../../values/workload/pods/volume-claim';
import { freeScope } from '../../tree/free-scope';
import { makeStatefulSet, type StatefulFacts } from '../../workload/pods/make-stateful-set';
import { MeshedService } from '../meshed-service';
import type { MeshedServiceProps } from '../meshed-service-props';
import { MESHED_STATEFUL_SET_PROPS, type MeshedStatefulSetProps } from './meshed-stateful-set-props';
import { madeBy } from './pod-maker';
import { requireUpdates } from '../../workload/pods/require-updates';

/**
 * A service of the mesh whose pods have names and volumes of their own: a database, a broker, a cluster whose members know each other.
 *
 * Expands as a `MeshedService` does, but for a StatefulSet in place of the Deployment and one more Service, `<name>-peers`, without an address: clients call
 * `<name>`, members call each other by `<name>-0.<name>-peers`. Members reach each other once the service calls itself.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
 * @example
 * import { MeshedStatefulSet, MeshPort } from 'istio-constructs';
 *
 * const ledger = new MeshedStatefulSet(shop, 'ledger', {
 *   image: 'ghcr.io/acme/ledger:1.0.0',
 *   ports: [MeshPort.tcp(7000)],
 *   volumeClaims: [{ name: 'data', path: '/var/lib/ledger', sizeGibibytes: 20 }],
 *   fileGroup: 1000,
 * });
 * ledger.calls(ledger);
 * cart.calls(ledger);
 */
export class MeshedStatefulSet extends MeshedService {
  /** The StatefulSet, with all of cdk8s-plus. */
  public readonly statefulSet: kplus.StatefulSet;
  /** Name of the Service without an address, behind which members have hosts of their own: `<name>-0.<this>`. */
  public readonly peersName: string;
  /** That Service, with all of cdk8s-plus. */
  public readonly peers: kplus.Service;

  /**
   * Declares the service.
   * @param scope Where to declare it: inside the construct of its namespace
   * @param id Id of the construct, and the name of the service unless `name` is set
   * @param props What it is and how it is called
   */
  public constructor(scope: Construct, id: string, props: MeshedStatefulSetProps) {
    super(scope, id, servicePropsOf(`${freeScope(scope, id).node.path}/${id}`, id, props));
    markKind(this, 'MeshedStatefulSet');
    this.statefulSet = this.node.findChild('StatefulSet') as kplus.StatefulSet;
    this.peers = this.node.findChild('Peers') as kplus.Service;
    this.peersName = this.peers.name;
  }
}

const PEERS = '-peers';
// A label of its pods is the name with eleven characters more.
const MOST_IN_NAME = 52;

function servicePropsOf(at: string, id: string, props: MeshedStatefulSetProps): MeshedServiceProps {
  requireOptions(at, props, MESHED_STATEFUL_SET_PROPS);
  requireName(at, 'name of a StatefulSet', props.name ?? id, MOST_IN_NAME);
  const { volumeClaims = [], parallelStart, partition, ...rest } = props;
  if (partition !== undefined) requireCount(at, 'partition', partition, 0);
  const updates = requireUpdates(at, 'StatefulSet', props.updateStrategy?._facts, partition);
  const facts: StatefulFacts = { claims: claimsOf(at, volumeClaims), startsParallel: parallelStart, partition };
  return madeBy(rest, {
    usual: 3,
    claims: volumeClaims.map(({ name, path }) => ({ name, path })),
    peersSuffix: PEERS,
    make: (scope, pods) => {
      const { party, spec } = pods;
      makeStatefulSet(scope, { ...pods, spec: { ...spec, updates }, name: party.name }, facts);
    },
  });
}

function claimsOf(at: string, claims: readonly VolumeClaim[]): StatefulFacts['claims'] {
  return claims.map(({ name, path, sizeGibibytes, storageClass }) => {
    requireMountPath(at, path);
    return {
      name: requireName(at, 'name of a volume claim', name),
      sizeGibibytes: requireCount(at, 'sizeGibibytes', sizeGibibytes, 1),
      storageClass: storageClass === undefined ? undefined : requireDottedName(at, 'name of a StorageClass', storageClass),
    };
  });
}
