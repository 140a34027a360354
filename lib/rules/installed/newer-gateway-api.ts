import { nameOf } from '../../cluster/objects/manifest-object';
import { lacks, usesOfNewer } from '../../cluster/versions/uses-of-newer';
import { GATEWAY_API_FIRST } from '../../istio/first-versions';
import { rule } from '../rule';
import { faultOf } from './versions/newer';

export const newerGatewayApi = rule({
  code: 'MESH602',
  level: 'error',
  title: 'object that needs a newer bundle of the Gateway API than the cluster has',

  check({ gatewayApi, objects }, report) {
    if (gatewayApi === undefined) return;
    for (const use of usesOfNewer(GATEWAY_API_FIRST, objects).filter(({ first }) => lacks(first, gatewayApi))) {
      const { version } = use.first;
      report({
        on: use.object,
        field: use.field,
        message: `${nameOf(use.object)} needs bundle ${version} of the Gateway API, and the cluster has ${gatewayApi}: before, ${faultOf(use)}`,
        got: `bundle ${gatewayApi}`,
        fix: `install bundle ${version} or later, and say so with gatewayApi of Mesh; or leave out what asks for it`,
      });
    }
  },
});
