import type * as gateway from '../../../../imports/gateway.networking.k8s.io';
import { CORE, GATEWAY_API } from '../../../istio/api-groups';
import type { CertificateFacts } from '../../../model/edge/listener';
import { seconds } from '../../../support/durations';

/** Lets the Gateways of a namespace use some Secrets of another one, and no other Secret. */
export function renderCertificateGrant(
  fromNamespace: string,
  secretNames: readonly string[],
  kind = 'Gateway',
): gateway.ReferenceGrantSpec {
  return {
    from: [{ group: GATEWAY_API, kind, namespace: fromNamespace }],
    to: secretNames.map((name) => ({ group: CORE, kind: 'Secret', name })),
  };
}

/** What cert-manager makes a Secret of, for some hosts. */
export function renderCertificate({ secretName, issuer }: CertificateFacts, hosts: readonly string[]): object {
  const { name, kind, group, durationMs, renewBeforeMs } = issuer!;
  return {
    secretName,
    dnsNames: [...hosts],
    issuerRef: { name, kind, group },
    duration: durationMs === undefined ? undefined : seconds(durationMs),
    renewBefore: renewBeforeMs === undefined ? undefined : seconds(renewBeforeMs),
  };
}
