import { isOneOf, promDuration, rateOf, seriesOf } from './promql';
import type { AlertWords } from './rules';

/** What is watched of certificates, as it is rendered. */
export interface CertificateFacts {
  readonly hasZtunnel: boolean;
  readonly certificateSeconds: number;
  readonly rootCertificateSeconds: number;
}

const WINDOW = '5m';
/** Of the requests for certificates: a pod whose token is wrong asks in vain, and a certificate authority that is broken refuses them all. */
const REFUSED = 0.1;

/** Alerts about certificates: proxies know how old theirs are, ztunnel tells of those alone that it lacks, and istiod of all that it refuses. */
export function certificateAlerts({ hasZtunnel, certificateSeconds, rootCertificateSeconds }: CertificateFacts): AlertWords[] {
  return [expiring(certificateSeconds), refused(), ...(hasZtunnel ? [missing()] : []), rootExpiring(rootCertificateSeconds)];
}

function expiring(seconds: number): AlertWords {
  return {
    alert: 'MeshCertificateExpiring',
    expr: `min by (namespace, pod) (${seriesOf('istio_agent_cert_expiry_seconds', [isOneOf('resource_name', ['default'])])}) < ${seconds}`,
    for: '10m',
    isUrgent: true,
    summary: `The certificate of {{ $labels.namespace }}/{{ $labels.pod }} ends in {{ $value | humanizeDuration }}`,
    description: `A proxy renews its certificate after half of its time. Less than ${promDuration(seconds)} is left for ten minutes: it does not get a new one, and nobody speaks with it after that.`,
  };
}

function refused(): AlertWords {
  const [asked, signed] = ['citadel_server_csr_count', 'citadel_server_success_cert_issuance_count'].map(
    (metric) => `sum(${rateOf(metric, [], WINDOW)})`,
  );
  return {
    alert: 'MeshCertificatesRefused',
    expr: `1 - (${signed} or vector(0)) / (${asked} > 0) > ${REFUSED}`,
    for: '15m',
    isUrgent: true,
    summary: `istiod refuses {{ $value | humanizePercentage }} of the requests for certificates`,
    description:
      'Sidecars, gateways, waypoints and ztunnel go on with the certificates that they have, which end within half of their time; new pods get none.',
  };
}

function missing(): AlertWords {
  const closed = rateOf(
    'istio_tcp_connections_closed_total',
    [isOneOf('reporter', ['source']), isOneOf('response_flags', ['IDENTITY_ERROR'])],
    WINDOW,
  );
  return {
    alert: 'MeshCertificateMissing',
    expr: `sum by (source_workload_namespace, source_workload) (${closed}) > 0`,
    for: '5m',
    isUrgent: true,
    summary: `ztunnel has no certificate for {{ $labels.source_workload_namespace }}/{{ $labels.source_workload }}`,
    description:
      'Connections of its pods have failed for five minutes since ztunnel gets no certificate for their ServiceAccount. Nobody in the mesh takes them without one.',
  };
}

function rootExpiring(seconds: number): AlertWords {
  return {
    alert: 'MeshRootCertificateExpiring',
    expr: `min(citadel_server_root_cert_expiry_timestamp) - time() < ${seconds}`,
    for: '1h',
    isUrgent: true,
    summary: `The root certificate of the mesh ends in {{ $value | humanizeDuration }}`,
    description: `Less than ${promDuration(seconds)} is left. With it all certificates of the mesh end at once; to change it takes two roots for a while, and time.`,
  };
}
