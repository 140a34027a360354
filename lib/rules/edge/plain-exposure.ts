import { rule } from '../rule';

export const plainExposure = rule({
  code: 'MESH411',
  level: 'warning',
  title: 'requests come in through a gateway in the open',

  check(model, report) {
    for (const exposure of model.exposures.filter(({ inTheOpen, redirect }) => inTheOpen && redirect?.scheme !== 'https')) {
      const { gateway, service, host, pathPrefix, listener } = exposure;
      report({
        on: exposure,
        message: `${gateway.name} takes requests for ${host}${pathPrefix} to ${service.name} in the open: whoever is on the way reads and changes them, cookies and tokens too`,
        got: `HTTP without TLS at listener ${listener}`,
        fix: 'expose it through GatewayListener.https, and let GatewayListener.redirectToHttps take the port; or acknowledge this where TLS has ended before the gateway',
      });
    }
  },
});
