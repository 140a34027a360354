import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as gateway from '../../../../imports/gateway.networking.k8s.io';
import type { ListenerFacts } from '../../../model/edge/listener';
import type { PartyFacts } from '../../../model/party';
import { renderCertificate, renderCertificateGrant } from '../../../render/routes/edge/gateway-certificates';
import { groupedBy } from '../../../support/grouping';
import { MeshError } from '../../../support/mesh-error';
import { requireDottedName } from '../../../support/object-names';
import { claimObject, makeObject } from '../../tree/make-object';

type Owner = Pick<PartyFacts, 'name' | 'namespaceName'>;

/** The listeners of an object, each with the name of the Secret that its certificate is in. */
export function withSecrets(at: Construct, owner: Owner, listeners: readonly ListenerFacts[]): ListenerFacts[] {
  return listeners.map((listener) => {
    const { certificate, hosts, name } = listener;
    if (!certificate?.issuer) return listener;
    if (hosts.length === 0) refuseNoHosts(at, name);
    const secretName = requireDottedName(at, 'name of a Secret', `${owner.name}-${name}`);
    return { ...listener, certificate: { ...certificate, secretName } };
  });
}

const CERTIFICATE = { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' } as const;

/** What has to be there for the certificates of some listeners: those that cert-manager makes, and leave to use Secrets of other namespaces. */
export function makeCertificates(scope: Construct, owner: Owner, listeners: readonly ListenerFacts[], ownerKind = 'Gateway'): void {
  const shown = listeners.flatMap(({ certificate, hosts }) => (certificate ? [{ certificate, hosts }] : []));
  for (const { certificate, hosts } of shown.filter(({ certificate: { issuer } }) => issuer)) {
    const metadata = { name: certificate.secretName!, namespace: owner.namespaceName };
    claimObject(
      new ApiObject(scope, `Certificate-${metadata.name}`, { ...CERTIFICATE, metadata, spec: renderCertificate(certificate, hosts) }),
    );
  }
  const others = shown.flatMap(({ certificate: { namespaceName, secretName } }) =>
    namespaceName === undefined || namespaceName === owner.namespaceName ? [] : [{ namespaceName, secretName: secretName! }],
  );
  for (const [namespaceName, secrets] of groupedBy(others, (one) => one.namespaceName)) {
    const names = [...new Set(secrets.map(({ secretName }) => secretName))].sort();
    const metadata = { name: `${owner.namespaceName}-${owner.name}`, namespace: namespaceName };
    const spec = renderCertificateGrant(owner.namespaceName, names, ownerKind);
    makeObject(scope, `CertificateGrant-${namespaceName}`, gateway.ReferenceGrant, metadata, spec);
  }
}

function refuseNoHosts(at: Construct, name: string): never {
  throw new MeshError({
    code: 'MESH797',
    at,
    what: 'a certificate is made for the hosts of its listener',
    got: `GatewayCertificate.issuedBy for listener ${name}, which names none`,
    fix: 'set hosts of the listener, or name a Secret',
  });
}
