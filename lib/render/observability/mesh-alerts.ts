import { type CertificateFacts, certificateAlerts } from './certificate-alerts';
import { isLike, isOneOf, type Matcher, rateOf, seriesOf } from './promql';
import { type AlertStyle, type AlertWords, renderAlert, type RulesSpec } from './rules';

/** What is watched of the mesh as a whole, as it is rendered. */
export interface MeshAlertsFacts extends CertificateFacts {
  /** Where istiod and ztunnel run. */
  readonly controlPlaneNamespace: string;
  /** Where callers are expected to speak mutual TLS. */
  readonly encrypted: readonly EncryptedNamespace[];
  readonly waypoints: ReadonlyArray<{ readonly namespaceName: string; readonly name: string }>;
  /** Names of alerts that are left out. */
  readonly without: readonly string[];
}

export interface EncryptedNamespace {
  readonly name: string;
  /** Services there that take plaintext, as somebody has said. */
  readonly besides: readonly string[];
}

const WINDOW = '5m';
/** What Kubernetes adds to the name of a Deployment. */
const OF_DEPLOYMENT = '-[a-z0-9]+-[a-z0-9]+';

/** One group with all alerts about the mesh. */
export function renderMeshAlerts(facts: MeshAlertsFacts, style: AlertStyle): RulesSpec {
  const words = [
    ...facts.encrypted.map(plaintextTo),
    ...certificateAlerts(facts),
    ...ofControlPlane(facts),
    ...facts.waypoints.map(waypointDown),
  ];
  const rules = words.filter(({ alert }) => !facts.without.includes(alert)).map((one) => renderAlert(style, one));
  return { groups: rules.length > 0 ? [{ name: 'mesh-alerts', rules }] : [] };
}

// A sidecar says `none` of what came without mutual TLS, and ztunnel `unknown`.
function plaintextTo({ name, besides }: EncryptedNamespace): AlertWords {
  const about = [
    isOneOf('reporter', ['destination']),
    isOneOf('destination_workload_namespace', [name]),
    isLike('connection_security_policy', 'none|unknown'),
    ...(besides.length > 0 ? [`destination_canonical_service!~"${besides.join('|')}"`] : []),
  ];
  const rates = ['istio_requests_total', 'istio_tcp_connections_opened_total'].map((metric) => rateOf(metric, about, WINDOW));
  return {
    alert: 'MeshPlaintext',
    expr: `sum by (destination_canonical_service) (${rates.join(' or ')}) > 0`,
    for: '5m',
    labels: { namespace: name },
    summary: `${name}/{{ $labels.destination_canonical_service }} is called in plaintext`,
    description: `Nothing says that it takes plaintext, and for five minutes it has: its callers have no identity, and whoever is on the way reads along.`,
  };
}

function ofControlPlane({ controlPlaneNamespace, hasZtunnel }: MeshAlertsFacts): AlertWords[] {
  const up = (pods: string): string => seriesOf('up', podsLike(controlPlaneNamespace, pods));
  const istiod: AlertWords = {
    alert: 'MeshIstiodDown',
    expr: noneOf(up('istiod-.*')),
    for: '5m',
    isUrgent: true,
    labels: { namespace: controlPlaneNamespace },
    summary: `No istiod answers in ${controlPlaneNamespace}`,
    description:
      'Prometheus has reached none for five minutes. Proxies go on with what they know; new pods, new endpoints and new certificates are not served.',
  };
  const ztunnel: AlertWords = {
    alert: 'MeshZtunnelDown',
    expr: `${up('ztunnel-[a-z0-9]+')} == 0 or absent(${up('ztunnel-[a-z0-9]+')})`,
    for: '5m',
    isUrgent: true,
    labels: { namespace: controlPlaneNamespace },
    summary: `ztunnel {{ $labels.pod }} does not answer`,
    description:
      'Prometheus has not reached it for five minutes, or reaches none at all. Pods in ambient mode on its node have no way in and out.',
  };
  return hasZtunnel ? [istiod, ztunnel] : [istiod];
}

function waypointDown({ namespaceName, name }: MeshAlertsFacts['waypoints'][number]): AlertWords {
  return {
    alert: 'MeshWaypointDown',
    expr: noneOf(seriesOf('up', podsLike(namespaceName, `${name}${OF_DEPLOYMENT}`))),
    for: '5m',
    isUrgent: true,
    labels: { namespace: namespaceName, waypoint: name },
    summary: `No pod of the waypoint ${namespaceName}/${name} answers`,
    description: 'Prometheus has reached none for five minutes. Callers in ambient mode reach no service behind it.',
  };
}

function podsLike(namespaceName: string, pods: string): Matcher[] {
  return [isOneOf('namespace', [namespaceName]), isLike('pod', pods)];
}

// A pod that is gone has no series.
function noneOf(up: string): string {
  return `(sum(${up}) or vector(0)) == 0`;
}
