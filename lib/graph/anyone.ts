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
