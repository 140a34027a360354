import type { RedirectFacts } from '../../model/route-features';
import { httpRoutePath } from '../shaping/http-route-path';
import { changeAt, isIdle } from '../shaping/path-change';
import { ANYWHERE, defineFeature, type Fields, type Place } from './route-feature';

defineFeature<RedirectFacts>({
  key: 'redirect',
  title: 'redirect',
  needsHttp: true,
  inRoute: { istio: virtualServiceFields, 'gateway-api': httpRouteFields },
  byPath: ({ path }, router) => (path?.replaces === 'matched' ? (router === 'istio' ? 'uri' : 'path') : undefined),
  isOfOneRoute: true,
  answers: true,
});

function virtualServiceFields({ statusCode, scheme, host, port, path }: RedirectFacts, { named, at }: Place = ANYWHERE): Fields {
  const change = path && changeAt(path, named, at);
  const isSaid = change && !isIdle(change);
  const isWhole = isSaid && 'whole' in change;
  // The new beginning of all paths stands before the slash with which they begin.
  const prefix = isSaid && 'of' in change ? (change.of === '/' ? `${change.to}/` : change.to) : undefined;
  return {
    redirect: {
      uri: isWhole ? change.whole : undefined,
      prefixRewrite: prefix,
      scheme,
      authority: host,
      port,
      // What HTTPRoute means where it says nothing.
      derivePort: port === undefined ? (scheme ? 'FROM_PROTOCOL_DEFAULT' : 'FROM_REQUEST_PORT') : undefined,
      redirectCode: statusCode,
    },
  };
}

function httpRouteFields({ statusCode, scheme, host, port, path }: RedirectFacts, { named, at }: Place = ANYWHERE): Fields | undefined {
  const change = path && changeAt(path, named, at);
  const isSaid = change && !isIdle(change);
  // Istio writes the new prefix of all paths without a slash before the rest of them.
  if (isSaid && 'of' in change && change.of === '/') return undefined;
  const requestRedirect = { scheme, hostname: host, port, path: isSaid ? httpRoutePath(change) : undefined, statusCode };
  return { filters: [{ type: 'RequestRedirect', requestRedirect }] };
}
