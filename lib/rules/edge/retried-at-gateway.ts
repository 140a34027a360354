import type { RouteModel } from '../../model/mesh-model';
import { rule } from '../rule';

export const retriedAtGateway = rule({
  code: 'MESH322',
  level: 'warning',
  title: 'requests through a gateway are tried again although nobody wants it',

  check(model, report) {
    const unwanted = new Set(model.routes.filter(saysNone).map(({ service }) => service.key));
    for (const exposure of model.exposures) {
      const { gateway, service, host, pathPrefix, protocol, istioGateway, redirect } = exposure;
      if (protocol !== 'http' || redirect || (istioGateway && !service.waypoint) || !unwanted.has(service.key)) continue;
      report({
        on: exposure,
        message: `${gateway.name} itself sends requests to ${host}${pathPrefix} up to two times again, when it cannot connect, is refused a stream, or gets UNAVAILABLE or CANCELLED of gRPC: ${istioGateway ? 'its VirtualService says nothing of tries, and leaves them to the waypoint' : 'HTTPRoute has no word for none'}`,
        got: `attempts: 0 of ${service.name}`,
        fix: `set meshConfig.defaultHttpRetryPolicy.attempts to 0 in the installation of Istio, which holds for all routes that say nothing; or acknowledge this where ${service.name} bears it: what could not connect was not processed`,
      });
    }
  },
});

function saysNone({ retries, rules }: RouteModel): boolean {
  return retries?.attempts === 0 || rules.some((one) => one.retries?.attempts === 0);
}
