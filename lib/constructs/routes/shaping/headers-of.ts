import type { IConstruct } from 'constructs';
import type { HeaderFacts } from '../../../model/route-features';
import { isDeferred } from '../../../support/deferred';
import type { HeaderChanges } from '../../../values/traffic/shaping/header-changes';
import { requireWords } from './require-words';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

// HTTPRoute takes no more of each kind, and a route of the mesh may be repeated for a gateway.
const MOST_CHANGES = 16;

/** Changes of headers by names in small letters. */
export function headersOf(at: IConstruct, word: string, { set = {}, add = {}, remove = [] }: HeaderChanges): HeaderFacts {
  requireWords(at, word, { set, add, remove });
  const facts: HeaderFacts = {
    set: valuesOf(at, word, set),
    add: valuesOf(at, word, add),
    remove: remove.map((name) => requireHeaderName(at, word, name)),
  };
  const names = [...Object.keys(set), ...Object.keys(add), ...remove].map((name) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    refuse(at, 'MESH728', `${word} changes each header once`, `${twice} twice`, 'say of each header whether it is set, added or removed');
  const longest = Math.max(Object.keys(set).length, Object.keys(add).length, remove.length);
  if (longest > MOST_CHANGES)
    refuse(
      at,
      'MESH729',
      `a route changes at most ${MOST_CHANGES} headers of each kind`,
      longest,
      'let the service itself see to the rest',
    );
  return facts;
}

function valuesOf(at: IConstruct, word: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [requireHeaderName(at, word, name), requireValue(at, name, value)]),
  );
}

// Envoy drops them or writes them anew on each connection.
const OF_CONNECTIONS = ['connection', 'content-length', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;

function requireHeaderName(at: IConstruct, word: string, name: string): string {
  const small = name.toLowerCase();
  if (NAME.test(name) && small !== 'host' && !OF_CONNECTIONS.includes(small)) return small;
  return refuse(
    at,
    'MESH730',
    `${word} names headers that a proxy changes for a request: none with spaces or separators, none of its line, and none of a connection`,
    name,
    small === 'host' || small.startsWith(':')
      ? 'set the host that a service sees with rewrite: { authority }, and its path with rewrite: { path }'
      : `give the name alone; ${OF_CONNECTIONS.join(', ')} are written by each proxy for itself`,
  );
}

// Those of Envoy's that mean something where a header is written. One that it does not know makes it refuse all of its configuration.
const VARIABLES = [
  'DOWNSTREAM_LOCAL_ADDRESS',
  'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_LOCAL_URI_SAN',
  'DOWNSTREAM_PEER_URI_SAN',
  'DOWNSTREAM_REMOTE_ADDRESS',
  'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_TLS_VERSION',
  'HOSTNAME',
  'PROTOCOL',
  'REQUESTED_SERVER_NAME',
  'RESPONSE_CODE',
  'RESPONSE_FLAGS',
  'ROUTE_NAME',
  'START_TIME',
  'UPSTREAM_CLUSTER',
  'UPSTREAM_HOST',
];

const VALUE = new RegExp(`^(?:[^%]|%%|%(?:${VARIABLES.join('|')})%|%(?:REQ|RESP)\\([A-Za-z0-9:?-]+\\)(?::\\d{1,4})?%)+$`);
const MOST_LETTERS = 4096;

function requireValue(at: IConstruct, name: string, value: string): string {
  if (isDeferred(value) || (value.length <= MOST_LETTERS && VALUE.test(value) && !/[\x00-\x08\x0a-\x1f\x7f]/.test(value))) return value;
  return refuse(
    at,
    'MESH731',
    `the value of a header has 1 to ${MOST_LETTERS} characters, none that controls, and % only before a variable of Envoy or doubled`,
    `${name}: ${value}`,
    `write %% for a percent sign, or one of %REQ(name)%, %RESP(name)%, ${VARIABLES.map((one) => `%${one}%`).join(', ')}`,
  );
}

function refuse(at: IConstruct, code: Code, what: string, got: unknown, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
