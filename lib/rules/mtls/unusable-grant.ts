import { SECURITY } from '../../istio/api-groups';
import { mtlsOf } from '../../cluster/policies/mtls-settings';
import type { CallModel, MeshModel } from '../../model/mesh-model';
import { grantText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { hasSidecars } from '../planes';
import { rule } from '../rule';

export const unusableGrant = rule({
  code: 'MESH256',
  level: 'error',
  title: 'grant where nobody can show who they are',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const call of model.calls.filter(({ action, plaintext }) => action === 'ALLOW' && !plaintext)) {
      const port = call.ports.find(({ targetPort }) => isOff(model, call, targetPort));
      if (!port) continue;
      report({
        on: call,
        message: `${grantText(call)} by its identity, and mutual TLS, which shows it, is switched off there: everybody is refused`,
        got: `DISABLE at port ${port.targetPort} of the pods`,
        fix: 'drop MTls.disabled; or say plaintext at the port, with a reason, and let everybody in',
      });
    }
  },
});

function isOff(model: MeshModel, { callee }: CallModel, podPort: number): boolean {
  const { kind, owned, namespace, namespaceName, podLabels = {} } = callee;
  if (kind !== 'service' || !owned || !hasSidecars(namespace)) return false;
  const { mode, object } = mtlsOf(clusterOf(model), { namespaceName, labels: podLabels }, podPort);
  return mode === 'DISABLE' && object!.made;
}
