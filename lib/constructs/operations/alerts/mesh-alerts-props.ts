import type { Duration } from 'cdk8s';
import { listOf, oneOf, optional, struct, TEXT } from '../../../support/options/kind';
import { DURATION } from '../../../values/traffic/duration';
import { RULE_OPTIONS_SHAPE, type RuleOptions } from './rule-options';

/** Alerts about the mesh, by the names that Alertmanager knows them by. */
export enum MeshAlert {
  /** A service is called in plaintext of which nobody has said that it takes that. */
  PLAINTEXT = 'MeshPlaintext',
  /** A proxy gets no new certificate. */
  CERTIFICATE = 'MeshCertificateExpiring',
  /** istiod refuses too many requests for certificates. */
  CERTIFICATES_REFUSED = 'MeshCertificatesRefused',
  /** ztunnel has no certificate for pods that connect to others; where something is in ambient mode. */
  CERTIFICATE_MISSING = 'MeshCertificateMissing',
  /** The root certificate ends. */
  ROOT_CERTIFICATE = 'MeshRootCertificateExpiring',
  /** No istiod answers. */
  ISTIOD_DOWN = 'MeshIstiodDown',
  /** A ztunnel does not answer; where something is in ambient mode. */
  ZTUNNEL_DOWN = 'MeshZtunnelDown',
  /** No pod of a waypoint answers; for each that this program makes or shares. */
  WAYPOINT_DOWN = 'MeshWaypointDown',
}

/** What is watched of the mesh. */
export interface MeshAlertsProps extends RuleOptions {
  /**
   * Where istiod and ztunnel run, and the PrometheusRule stands.
   * @default - the root namespace of the mesh, istio-system
   */
  readonly controlPlaneNamespace?: string;

  /**
   * What has to be left of the certificate of a proxy. Proxies renew theirs after half of its time, which is a day.
   * @default - 6 hours
   */
  readonly certificateLeft?: Duration;

  /**
   * What has to be left of the root certificate.
   * @default - 30 days
   */
  readonly rootCertificateLeft?: Duration;

  /**
   * Alerts that nobody wants.
   * @default - none is left out
   */
  readonly without?: MeshAlert[];
}

export const MESH_ALERTS_PROPS = struct<MeshAlertsProps>({
  ...RULE_OPTIONS_SHAPE,
  controlPlaneNamespace: optional(TEXT),
  certificateLeft: optional(DURATION),
  rootCertificateLeft: optional(DURATION),
  without: optional(listOf(oneOf('MeshAlert', MeshAlert))),
});
