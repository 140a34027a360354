import { CORE, SECURITY } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { CONTAINERS, NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { unservedPorts } from '../mtls/words/unserved-ports';
import { rule } from '../rule';

export const unservedMtlsPort = rule({
  code: 'MESH287',
  level: 'warning',
  title: 'mutual TLS of a port that no pod has',
  compares: [
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec portLevelMtls', 'spec selector'], made: false },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector', 'spec ports'], sought: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS, `${CONTAINERS} ports`], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster).filter(({ object }) => !object.made)) {
      for (const { port, mode, meant } of unservedPorts(cluster, settings)) {
        const behind = meant === undefined ? '' : `: requests to port ${port} of their Service come on ${meant}`;
        report({
          on: settings.object,
          field: ['spec', 'portLevelMtls', port],
          message: `${nameOf(settings.object)} says ${mode} of port ${port}, which none of its pods has${behind}; it is about ports of pods, and holds for none`,
          got: `portLevelMtls: ${port}`,
          fix: meant === undefined ? 'write a port of the pods, or leave it out' : `write ${meant}`,
        });
      }
    }
  },
});
