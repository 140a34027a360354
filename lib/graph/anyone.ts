import type { ForeignFacts } from '../model/party';

/** Everybody with an identity in the mesh. */
export const ANYONE: ForeignFacts = Object.freeze({
  kind: 'anyone',
  key: 'anyone',
  path: 'anyone',
  name: 'anyone',
  namespaceName: '',
  namespace: Object.freeze({ name: '', mode: 'unknown', zeroTrust: false, owned: false, enrolled: true }),
  owned: false,
  ports: [],
} as const);

/** Everybody who comes without mutual TLS, to a port that takes it. */
export const NOBODY_KNOWN: ForeignFacts = Object.freeze({
  ...ANYONE,
  key: 'plaintext',
  path: 'plaintext',
  name: 'anyone, without an identity',
});
