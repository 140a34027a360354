import { mtlsOf } from '../../cluster/policies/mtls-settings';
import { SECURITY } from '../../istio/api-groups';
import type { MeshModel, ServiceModel } from '../../model/mesh-model';
import type { Weakening } from '../../model/mtls/weakening';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { rule } from '../rule';
import { weakenedText } from './words/weakened';

export const unnamedCallers = rule({
  code: 'MESH257',
  level: 'info',
  title: 'plaintext that grants refuse',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const said of model.weakenings.filter(({ mode }) => mode === 'PERMISSIVE')) {
      const closed = closedBy(model, said);
      if (closed.length === 0) continue;
      report({
        on: said,
        message: `${weakenedText(said)} takes callers without mutual TLS, and grants refuse them: whoever shows no identity is none of the callers that they name`,
        got: `grants of ${closed.join(', ')}`,
        fix: 'bring those callers into the mesh; for some that never will be, say plaintext with its reason at their port',
      });
    }
  },
});

/** Services about which it is, and which a grant or their namespace closes. */
function closedBy(model: MeshModel, { level, namespaceName, service: meant }: Weakening): string[] {
  const granted = new Set(model.calls.filter(({ action, plaintext }) => action === 'ALLOW' && !plaintext).map(({ callee }) => callee.key));
  return model.services
    .filter((service) => level === 'mesh' || (service.namespaceName === namespaceName && (meant === undefined || meant === service.key)))
    .filter((service) => level === 'port' || takesPlaintext(model, service))
    .filter(({ key, namespace }) => granted.has(key) || namespace.zeroTrust)
    .map((service) => `${service.namespaceName}/${service.name}`);
}

function takesPlaintext(model: MeshModel, { namespaceName, podLabels = {} }: ServiceModel): boolean {
  return mtlsOf(clusterOf(model), { namespaceName, labels: podLabels }).mode === 'PERMISSIVE';
}
