import type { MirrorFacts } from '../../model/route-features';
import { defineFeature, type Fields, type RouteContext } from './route-feature';

defineFeature<MirrorFacts>({
  key: 'mirror',
  title: 'mirror',
  needsHttp: true,
  inRoute: { istio: virtualServiceFields, 'gateway-api': httpRouteFields },
});

function virtualServiceFields({ version, other, percentage }: MirrorFacts, { host, port }: RouteContext): Fields {
  const destination = other ? { host: other.host, port: { number: other.port } } : { host, subset: version, port: { number: port.number } };
  return { mirrors: [{ destination, percentage: { value: percentage } }] };
}

// A version is a Service of its own.
function httpRouteFields({ version, other, percentage }: MirrorFacts, { name, port }: RouteContext): Fields {
  const named = other
    ? { name: other.name, namespace: other.namespaceName, port: other.port }
    : { name: `${name}-${version}`, port: port.number };
  const backendRef = { group: '', kind: 'Service', ...named };
  return { filters: [{ type: 'RequestMirror', requestMirror: { backendRef, ...shareOf(percentage) } }] };
}

// HTTPRoute counts whole percents, or parts of another number.
function shareOf(percentage: number): Fields {
  if (Number.isInteger(percentage)) return { percent: percentage };
  return { fraction: { numerator: Math.round(percentage * PARTS), denominator: 100 * PARTS } };
}

const PARTS = 10_000;
