import { nameOf } from '../../cluster/objects/manifest-object';
import { losesStrict, mtlsInNamespace, mtlsSettings } from '../../cluster/policies/mtls-settings';
import { SECURITY } from '../../istio/api-groups';
import { clusterOf } from '../cluster-of';
import { MTLS_MODES } from '../comparison';
import { hasAmbientPods } from '../mtls-places';
import { rule } from '../rule';

export const strictLostAtZtunnel = rule({
  code: 'MESH260',
  level: 'error',
  title: 'plaintext on one port that opens all of them at ztunnel',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec selector matchLabels', ...MTLS_MODES] }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster)) {
      const { object, namespaceName, selector, ports } = settings;
      if (Object.keys(selector).length === 0 || !losesStrict(cluster, settings) || !hasAmbientPods(cluster, settings)) continue;
      const open = [...ports].filter(([, mode]) => mode === 'PERMISSIVE').map(([port]) => port);
      report({
        on: object,
        message:
          `${nameOf(object)} takes plaintext on port ${open.join(', ')}, and namespace ${namespaceName} has a PeerAuthentication without a mode: istiod then tells ztunnel ` +
          `nothing of the STRICT of ${nameOf(mtlsInNamespace(cluster, namespaceName).object!)}, and every port takes plaintext`,
        got: 'no mode for the workload, none for its namespace',
        fix: `say mode: STRICT in one of the two, or remove the PeerAuthentication of namespace ${namespaceName}, which says nothing`,
      });
    }
  },
});
