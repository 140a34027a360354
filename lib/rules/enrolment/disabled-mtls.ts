import { SECURITY } from '../../istio/api-groups';
import { MTLS_MODES } from '../comparison';
import { nameOf } from '../manifest-reader';
import { mtlsSettings, placesOf } from '../mtls-modes';
import { isAmbient } from '../namespace-planes';
import { rule } from '../rule';
import { selectedPlane } from '../workloads';

export const disabledMtls = rule({
  code: 'MESH110',
  level: 'warning',
  title: 'mutual TLS is switched off',
  compares: [{ kinds: [`${SECURITY}/PeerAuthentication`], fields: MTLS_MODES }],

  check(model, report) {
    for (const settings of mtlsSettings(model)) {
      const places = placesOf(settings, 'DISABLE');
      if (places.length === 0 || isAmbient(selectedPlane(model, settings.namespaceName, settings.selector))) continue;
      report({
        on: settings.object,
        message: `${nameOf(settings.object)} switches mutual TLS off: traffic can be read on the network, and no policy that names a caller can match`,
        got: places.join(', '),
        fix: 'set STRICT, or PERMISSIVE while callers outside the mesh remain',
      });
    }
  },
});
