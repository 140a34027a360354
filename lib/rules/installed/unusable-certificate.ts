import { CORE, GATEWAY_API } from '../../istio/api-groups';
import type { Cluster } from '../../cluster/cluster';
import { type Fields, fieldsOf, isSaid, listOf, textOf, valueAt } from '../../cluster/objects/fields';
import { nameOf, specOf } from '../../cluster/objects/manifest-object';
import { objectsOf } from '../../cluster/objects/objects-by-kind';
import { perCluster } from '../../cluster/per-cluster';
import { istioGateways } from '../../cluster/routes/istio-gateways';
import type { ManifestObject } from '../../model/mesh-model';
import { clusterOf } from '../cluster-of';
import { isDeferred } from '../../support/deferred';
import { rule } from '../rule';

/** Keys under which a Secret may have a certificate, and its private key. */
const PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
];

export const unusableCertificate = rule({
  code: 'MESH161',
  level: 'error',
  title: 'Secret of a gateway that holds no certificate',

  check(model, report) {
    const cluster = clusterOf(model);
    for (const object of objectsOf(cluster, CORE, 'Secret').filter(({ made }) => !made)) {
      const gateway = gatewaysBySecret(cluster).get(object.name);
      const fault = gateway && faultOf(object);
      if (!gateway || fault === undefined) continue;
      report({
        on: object,
        field: ['data'],
        message: `${nameOf(object)} is to be the certificate of ${nameOf(gateway)}, and ${fault}: the gateway opens no TLS`,
        got: Object.keys(dataOf(object)).sort().join(', ') || 'no data',
        fix: 'write tls.crt and tls.key, each PEM in base64, or let kubectl create secret tls do it',
      });
    }
  },
});

function faultOf(object: ManifestObject): string | undefined {
  const data = dataOf(object);
  // What somebody else fills in is not there yet.
  if (Object.keys(data).length === 0 && !isSaid(object.manifest.type)) return undefined;
  const [pair] = PAIRS.filter((keys) => keys.every((key) => data[key] !== undefined && data[key] !== ''));
  if (!pair) return `has neither ${PAIRS.map((keys) => keys.join(' and ')).join(', nor ')}`;
  if (pair.some((name) => isFilledInLater(object, name))) return undefined;
  const [certificate, key] = pair.map((name) => data[name]);
  if (!/-----BEGIN CERTIFICATE-----\s[^]+-----END CERTIFICATE-----/.test(certificate)) return `its ${pair[0]} is no certificate`;
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----\s[^]+-----END [A-Z ]*PRIVATE KEY-----/.test(key)
    ? undefined
    : `its ${pair[1]} is no private key`;
}

/** A value that is known only later, or that some tool puts in the place of its words. */
function isFilledInLater({ manifest }: ManifestObject, name: string): boolean {
  const said = [manifest.stringData, manifest.data].map((data) => fieldsOf(data)[name]);
  return said.some((value) => isDeferred(value) || /^\s*(<|\$|\{\{)/.test(textOf(value) ?? ''));
}

/** As the cluster will have it: `stringData` goes before, and is written plainly. */
function dataOf({ manifest }: ManifestObject): Record<string, string> {
  const written = Object.entries(fieldsOf(manifest.data)).map(([key, value]) => [
    key,
    Buffer.from(textOf(value) ?? '', 'base64').toString('latin1'),
  ]);
  const plain = Object.entries(fieldsOf(manifest.stringData)).map(([key, value]) => [key, textOf(value) ?? '']);
  return Object.fromEntries([...written, ...plain]) as Record<string, string>;
}

/** Gateways by the Secrets that they show; where those have to be is another rule's. */
const gatewaysBySecret = perCluster((cluster: Cluster): ReadonlyMap<string, ManifestObject> => {
  const found = new Map<string, ManifestObject>();
  for (const { object, servers } of istioGateways(cluster)) {
    for (const name of servers.flatMap(({ certificates }) => certificates)) found.set(name, object);
  }
  for (const object of objectsOf(cluster, GATEWAY_API, 'Gateway'))
    for (const { name } of refsOf(object)) found.set(textOf(name) ?? '', object);
  return found;
});

function refsOf(object: ManifestObject): Fields[] {
  const refs = listOf(specOf(object).listeners).flatMap((listener) => listOf(valueAt(listener, 'tls', 'certificateRefs')));
  return refs.filter(({ kind }) => (kind ?? 'Secret') === 'Secret');
}
