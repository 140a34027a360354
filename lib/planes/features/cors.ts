import type { CorsFacts } from '../../model/route-features';
import { defineFeature, type Fields } from './route-feature';

defineFeature<CorsFacts>({
  key: 'cors',
  title: 'CORS',
  needsHttp: true,
  inRoute: {
    istio: (said) => ({ corsPolicy: { ...listsOf(said), allowOrigins: said.allowOrigins.map(originMatch), ...restOf(said) } }),
    'gateway-api': (said) => ({
      filters: [{ type: 'CORS', cors: { allowOrigins: said.allowOrigins, ...listsOf(said), ...filterRest(said) } }],
    }),
  },
  holdsForAnswers: true,
});

function listsOf({ allowMethods, allowHeaders, exposeHeaders }: CorsFacts): Fields {
  return { allowMethods: unlessEmpty(allowMethods), allowHeaders: unlessEmpty(allowHeaders), exposeHeaders: unlessEmpty(exposeHeaders) };
}

// A question of another origin is the proxy's to answer, as Istio has it for HTTPRoute: passed on, it would meet a service that knows nothing of it.
function restOf({ allowCredentials, maxAgeSeconds }: CorsFacts): Fields {
  return { allowCredentials: allowCredentials || undefined, maxAge: `${maxAgeSeconds}s`, unmatchedPreflights: 'IGNORE' };
}

function filterRest({ allowCredentials, maxAgeSeconds }: CorsFacts): Fields {
  return { allowCredentials: allowCredentials || undefined, maxAge: maxAgeSeconds };
}

// As istiod reads the same words in an HTTPRoute, but that a wildcard stands for names alone.
function originMatch(origin: string): Fields {
  if (!origin.includes('*')) return { exact: origin };
  if (origin === '*') return { regex: '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$' };
  return { regex: `^${origin.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace('*', '[^/\\s?#@]+')}$` };
}

function unlessEmpty(words: readonly string[]): readonly string[] | undefined {
  return words.length > 0 ? words : undefined;
}
