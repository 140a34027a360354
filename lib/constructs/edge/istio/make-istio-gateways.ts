import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import * as networking from '../../../../imports/networking.istio.io';
import type { Gate } from '../../../model/edge/istio-gateway';
import { redirectsHere, renderIstioGateway } from '../../../render/routes/edge/istio-gateway';
import { renderPortRedirect } from '../../../render/routes/edge/host-route';
import { makeObject } from '../../tree/make-object';

/** A Gateway of Istio for each listener, on pods that somebody else installed; the first of them is the gateway's own object. */
export function makeIstioGateways(
  at: Construct,
  namespace: string,
  gates: readonly Gate[],
  podLabels: Readonly<Record<string, string>>,
  routesFrom: readonly string[],
): ApiObject {
  const [first] = gates.map((gate, index) => {
    const metadata = { name: gate.name, namespace };
    return makeObject(
      at,
      index === 0 ? 'Resource' : `Gateway-${gate.name}`,
      networking.Gateway,
      metadata,
      renderIstioGateway(gate, podLabels, routesFrom),
    );
  });
  for (const { name, listener } of gates.filter((gate) => gate.listener.kind === 'redirect' && !redirectsHere(gate.listener))) {
    const spec = renderPortRedirect({ name, namespaceName: namespace }, listener);
    makeObject(at, `Redirect-${name}`, networking.VirtualService, { name: `${name}-redirect`, namespace }, spec);
  }
  return first;
}
