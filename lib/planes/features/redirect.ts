import type { RedirectFacts } from '../../model/route-features';
import { httpRoutePath } from '../shaping/http-route-path';
import { changeAt, EVERY_PATH, isIdle, isLostSlash } from '../shaping/path-change';
import { defineFeature, type Fields, type RouteContext } from './route-feature';

defineFeature<RedirectFacts>({
  key: 'redirect',
  title: 'redirect',
  needsHttp: true,
  inRoute: { istio: virtualServiceFields, 'gateway-api': httpRouteFields },
  byPath: ({ path }, router) => (path?.replaces === 'matched' ? (router === 'istio' ? 'uri' : 'path') : undefined),
  lacksWords: (router, { path }, place) =>
    router === 'gateway-api' && path !== undefined && isLostSlash(changeAt(path, place.named, place.at)),
  isOfOneRoute: true,
  answers: true,
});

function virtualServiceFields(
  { statusCode, scheme, host, port, path }: RedirectFacts,
  { named = EVERY_PATH, at = EVERY_PATH }: RouteContext,
): Fields {
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

function httpRouteFields(
  { statusCode, scheme, host, port, path }: RedirectFacts,
  { named = EVERY_PATH, at = EVERY_PATH }: RouteContext,
): Fields {
  const change = path && changeAt(path, named, at);
  const isSaid = change && !isIdle(change);
  const requestRedirect = { scheme, hostname: host, port, path: isSaid ? httpRoutePath(change) : undefined, statusCode };
  return { filters: [{ type: 'RequestRedirect', requestRedirect }] };
}
