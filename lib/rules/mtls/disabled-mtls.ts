import { SECURITY } from '../../istio/api-groups';
import { nameOf } from '../../cluster/objects/manifest-object';
import { mtlsSettings } from '../../cluster/policies/mtls-settings';
import { clusterOf } from '../cluster-of';
import { hasAmbientPods, isOurs, placesOf, reasonsOf } from '../mtls-places';
import { MTLS_MODES } from '../comparison';
import { rule } from '../rule';
import { withoutMistakenPorts } from './words/mistaken-ports';

export const disabledMtls = rule({
  code: 'MESH110',
  level: 'warning',
  title: 'mutual TLS is switched off',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    const cluster = clusterOf(model);
    for (const settings of mtlsSettings(cluster).map((each) => withoutMistakenPorts(cluster, each))) {
      const places = isOurs(settings) ? reasonsOf(model, settings) : placesOf(settings, 'DISABLE');
      if (places.length === 0 || hasAmbientPods(cluster, settings)) continue;
      report({
        on: settings.object,
        field: settings.mode ? ['spec', 'mtls', 'mode'] : ['spec'],
        message: `${nameOf(settings.object)} switches mutual TLS off: traffic can be read on the network, and no policy that names a caller can match`,
        got: places.join(', '),
        fix: 'set STRICT, or PERMISSIVE while callers outside the mesh remain',
      });
    }
  },
});
