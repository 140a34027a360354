import { CORE, SECURITY } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { CONTAINERS, NAME, POD_LABELS, WORKLOADS } from '../comparison';
import { mistakenPorts } from '../mtls/words/mistaken-ports';
import { rule } from '../rule';

export const unservedMtlsPort = rule({
  code: 'MESH287',
  level: 'warning',
  title: 'mutual TLS of the port of a Service where that of the pods is meant',
  compares: [
    { kinds: [`${SECURITY}/PeerAuthentication`], fields: ['spec portLevelMtls', 'spec selector'], made: false },
    { kinds: [`${CORE}/Service`], fields: [...NAME, 'spec selector', 'spec ports'], sought: true },
    { kinds: WORKLOADS, fields: ['metadata namespace', POD_LABELS, `${CONTAINERS} ports`], sought: true },
  ],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster).filter(({ object }) => !object.made)) {
      for (const { port, mode, meant } of mistakenPorts(cluster, settings)) {
        report({
          on: settings.object,
          field: ['spec', 'portLevelMtls', port],
          message: `${nameOf(settings.object)} says ${mode} of port ${port}: requests to port ${port} of the Service come on ${meant} of its pods, and what is said of ${port} holds for those who dial it there`,
          got: `portLevelMtls: ${port}`,
          fix: `write ${meant}`,
        });
      }
    }
  },
});
