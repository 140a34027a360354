import type { LocalChange, RewriteFacts } from '../../model/route-features';
import { httpRoutePath } from '../shaping/http-route-path';
import { changeAt, EVERY_PATH, isIdle, isLostSlash } from '../shaping/path-change';
import { defineFeature, type Fields, type RouteContext } from './route-feature';

defineFeature<RewriteFacts>({
  key: 'rewrite',
  title: 'rewrite',
  needsHttp: true,
  inRoute: { istio: virtualServiceFields, 'gateway-api': httpRouteFields },
  byPath: ({ path }) => (path?.replaces === 'matched' ? 'path' : undefined),
  lacksWords: (router, { path }, place) =>
    router === 'gateway-api' && path !== undefined && isLostSlash(changeAt(path, place.named, place.at)),
  isOfOneRoute: true,
  needsSending: true,
});

function virtualServiceFields({ path, authority }: RewriteFacts, { named = EVERY_PATH, at = EVERY_PATH }: RouteContext): Fields {
  const change = path && changeAt(path, named, at);
  const isSaid = change && !isIdle(change);
  if (!isSaid && authority === undefined) return {};
  return { rewrite: { uriRegexRewrite: isSaid ? regexRewrite(change) : undefined, authority } };
}

// Istio's `uri` swaps the prefix as it is matched, and a prefix is matched as its path and, with a slash, as what is below it.
function regexRewrite(change: LocalChange): Fields {
  if ('whole' in change) return { match: '/.*', rewrite: change.whole };
  const start = escaped(change.of);
  if (change.of === '/') return { match: '^/', rewrite: `${change.to}/` };
  return change.to === '/' ? { match: `^${start}/?`, rewrite: '/' } : { match: `^${start}`, rewrite: change.to };
}

function escaped(path: string): string {
  return path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function httpRouteFields({ path, authority }: RewriteFacts, { named = EVERY_PATH, at = EVERY_PATH }: RouteContext): Fields {
  const change = path && changeAt(path, named, at);
  const isSaid = change && !isIdle(change);
  if (!isSaid && authority === undefined) return {};
  const urlRewrite = { hostname: authority, path: isSaid ? httpRoutePath(change) : undefined };
  return { filters: [{ type: 'URLRewrite', urlRewrite }] };
}
