import type { Cluster } from '../../cluster/cluster';
import { workloadsWith } from '../../cluster/workloads/workloads';
import { linesOf } from '../../inquiry/sample-lines';
import { SECURITY } from '../../istio/api-groups';
import type { CallModel } from '../../model/mesh-model';
import { decide } from '../../verdict/decide';
import { partyText } from '../call-words';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { inquiryOf } from '../inquiries';
import { rule } from '../rule';

export const refusalInPlaintext = rule({
  code: 'MESH226',
  level: 'warning',
  title: 'a refused caller can come without mutual TLS',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES, sought: true }],

  check(model, report) {
    const cluster = clusterOf(model);
    const { granted } = inquiryOf(model);
    const byName = model.calls.filter(({ action, caller }) => action === 'DENY' && caller.principal !== undefined);
    for (const call of byName) {
      if (granted.isClosed(call.callee) || !isOpenToPlaintext(cluster, call)) continue;
      report({
        on: call,
        message: `${partyText(call.caller)} is refused by its identity, and can dial the pods of ${partyText(call.callee)} without showing one`,
        got: 'plaintext is accepted',
        fix: 'set mtls: MTls.STRICT on the namespace, or use a ZeroTrustNamespace',
      });
    }
  },
});

/** Only a sidecar can be told to pass bytes on; who is in ambient mode always shows its identity. */
function isOpenToPlaintext(cluster: Cluster, { callee, ports, http }: CallModel): boolean {
  const { namespaceName: namespace, podLabels = {} } = callee;
  const pods = workloadsWith(cluster, namespace, podLabels).filter(({ proxy }) => proxy.takesMutualTls);
  const [line] = http ? http.flatMap(linesOf) : [{}];
  const arrives = (podOf: string, port: number): boolean =>
    decide(cluster, { from: { pod: { namespace } }, to: { podOf, port }, ...line }).allowed;
  return pods.some(({ key }) => ports.some(({ targetPort }) => arrives(key, targetPort)));
}
