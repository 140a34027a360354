import type { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { MeshGraph } from '../../../graph/mesh-graph';
import { settledOf } from '../../../graph/settle';
import { type NamespaceFacts, waypointsAt } from '../../../model/namespace-facts';
import { planeOf } from '../../../planes/plane-of';
import { type EncryptedNamespace, type MeshAlertsFacts, renderMeshAlerts } from '../../../render/observability/mesh-alerts';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import { markKind } from '../../../support/marker';
import { requireNamespaceName } from '../../../support/object-names';
import { requireOptions } from '../../../support/options/require-options';
import { sortedBy } from '../../../support/ordering';
import { freeScope } from '../../tree/free-scope';
import { joinApp } from '../../tree/join-app';
import { makeRules } from './make-rules';
import { MESH_ALERTS_PROPS, type MeshAlertsProps } from './mesh-alerts-props';
import { alertStyle } from './rule-options';

/**
 * Alerts about the mesh as a whole, as this program has it: plaintext where nobody has said that it is taken, certificates that end, and istiod, ztunnel or a waypoint that does not
 * answer.
 *
 * Expands into a PrometheusRule in the root namespace, which the Prometheus Operator reads. Plaintext is asked about in each namespace of the program, at its sidecars and at
 * ztunnel; not in those, and of those services, whose `mtls` or `plaintext` lets it in. Whether istiod, ztunnel and waypoints answer, Prometheus knows of pods that it reads.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 * @example
 * import { Duration } from 'cdk8s';
 * import { MeshAlerts } from 'istio-constructs';
 *
 * new MeshAlerts(chart, 'mesh-alerts', {
 *   rootCertificateLeft: Duration.days(60),
 *   labels: { release: 'kube-prometheus-stack' },
 * });
 */
export class MeshAlerts extends Construct {
  /** The PrometheusRule. */
  public readonly resource: ApiObject;

  /**
   * Declares the alerts.
   * @param scope Where to declare it
   * @param id Id of the construct, and the name of the PrometheusRule
   * @param props What is told
   */
  public constructor(scope: Construct, id: string, props: MeshAlertsProps = {}) {
    super(freeScope(scope, id), id);
    markKind(this, 'MeshAlerts');
    const graph = joinApp(this);
    requireOptions(this, props, MESH_ALERTS_PROPS);
    const said = {
      controlPlaneNamespace: requireNamespaceName(this, props.controlPlaneNamespace ?? graph.useSettings().rootNamespace),
      certificateSeconds: secondsOf(this, 'certificateLeft', props.certificateLeft) ?? 6 * 3600,
      rootCertificateSeconds: secondsOf(this, 'rootCertificateLeft', props.rootCertificateLeft) ?? 30 * 86_400,
      without: props.without ?? [],
    };
    const spec = () => renderMeshAlerts({ ...said, ...watched(this) }, alertStyle(props, {}));
    this.resource = makeRules(this, { namespaceName: said.controlPlaneNamespace, labels: props.labels, spec });
  }
}

function secondsOf(at: Construct, option: string, duration: Duration | undefined): number | undefined {
  return duration && Math.ceil(requireMilliseconds(at, option, duration) / 1000);
}

/** What there is to watch by now. */
function watched(at: Construct): Pick<MeshAlertsFacts, 'encrypted' | 'waypoints' | 'hasZtunnel'> {
  const graph = MeshGraph.of(at);
  const settled = settledOf(at);
  const namespaces = sortedBy(graph.namespaces.values(), ({ name }) => name).filter(({ enrolled, mode }) => enrolled && mode !== 'unknown');
  const waypoints = namespaces.flatMap((facts) => [
    settled.namespace(facts),
    ...graph.partiesIn(facts.name).map((party) => settled.stateOf(party)),
  ]);
  const each = new Map(
    waypoints
      .flatMap(({ waypoint }) => (waypoint ? waypointsAt(waypoint) : []))
      .map(({ namespaceName, name }) => [`${namespaceName}/${name}`, { namespaceName, name }]),
  );
  return {
    encrypted: namespaces.flatMap((facts) => encryptedIn(graph, facts)),
    waypoints: sortedBy(each.values(), ({ namespaceName, name }) => `${namespaceName}/${name}`),
    hasZtunnel: namespaces.some((facts) => planeOf(facts).hasWaypoints),
  };
}

/** Where nobody lets plaintext in; services that do are left out, for metrics know no ports. */
function encryptedIn(graph: MeshGraph, { name, mtls }: NamespaceFacts): EncryptedNamespace[] {
  const isWeak = mtls === undefined ? graph.weakenings.some(({ level }) => level === 'mesh') : mtls !== 'STRICT';
  if (isWeak) return [];
  const weak = new Set(graph.weakenings.flatMap(({ service }) => service ?? []));
  const open = graph.partiesIn(name).filter(({ key, ports }) => weak.has(key) || ports.some(({ plaintext }) => plaintext !== undefined));
  return [{ name, besides: [...new Set(open.map((party) => party.name))].sort() }];
}
