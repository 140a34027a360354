import type { IConstruct } from 'constructs';
import type { CorsFacts } from '../../../model/route-features';
import type { CorsPolicy } from '../../../values/traffic/shaping/cors-policy';
import { requireCount } from '../../../support/numbers';
import { requireMilliseconds } from '../../../support/bounds/milliseconds';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

// As browsers do that were told nothing, and as the API server fills it in.
const DEFAULT_SECONDS = 5;

/** Which pages of other sites may ask, as it goes into a route. */
export function corsOf(at: IConstruct, policy: CorsPolicy): CorsFacts {
  const { allowOrigins, allowMethods = [], allowHeaders = [], exposeHeaders = [], allowCredentials = false } = policy;
  requireOrigins(at, allowOrigins);
  if (allowCredentials && allowOrigins.includes('*'))
    refuse(
      at,
      'MESH733',
      'cookies are sent along for pages of named sites',
      "allowCredentials with the origin '*': any page could act in the name of whoever opens it",
      'name the sites in allowOrigins, or leave allowCredentials out',
    );
  requireListed(
    at,
    'allowMethods',
    allowMethods,
    METHODS,
    'the methods GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE, PATCH and *',
  );
  requireListed(at, 'allowHeaders', allowHeaders, NAME, 'the names of headers');
  requireListed(at, 'exposeHeaders', exposeHeaders, NAME, 'the names of headers');
  return { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds: secondsOf(at, policy) };
}

const ORIGIN = /^(\*|https?:\/\/(((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:[0-9]{1,5})?))$/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
const METHODS = /^(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|\*)$/;
const MOST = 64;
const MOST_LETTERS = 253;

function requireOrigins(at: IConstruct, origins: readonly string[]): void {
  const wrong = origins.find((origin) => origin.length > MOST_LETTERS || !ORIGIN.test(origin));
  if (wrong === undefined && origins.length > 0 && origins.length <= MOST && new Set(origins).size === origins.length) return;
  refuse(
    at,
    'MESH732',
    `allowOrigins names 1 to ${MOST} sites, each once, by scheme and host alone`,
    wrong ?? origins,
    "write for example https://shop.example.com or https://*.example.com, or '*' for all",
  );
}

function requireListed(at: IConstruct, word: string, values: readonly string[], pattern: RegExp, wanted: string): void {
  const wrong = values.find((value) => !pattern.test(value));
  if (wrong === undefined && values.length <= MOST && new Set(values).size === values.length) return;
  refuse(at, 'MESH734', `${word} lists ${wanted}, each once`, wrong ?? values, 'give the words alone, as browsers ask for them');
}

function secondsOf(at: IConstruct, { maxAge }: CorsPolicy): number {
  if (!maxAge) return DEFAULT_SECONDS;
  const ms = requireMilliseconds(at, 'maxAge', maxAge);
  return requireCount(at, 'maxAge in seconds', ms / 1000, 1);
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
