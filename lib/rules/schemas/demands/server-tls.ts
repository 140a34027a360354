import { type Fields, fieldsOf, listOf, textOf } from '../../../cluster/objects/fields';
import type { Demand } from './demand';

const FILES = ['serverCertificate', 'privateKey', 'caCertificates', 'credentialName'];
const LISTS = ['tlsCertificates', 'credentialNames'];
const TERMINATING = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'];

/** What is asked of the TLS of servers, which stands in these fields. */
export function serverTlsDemands(at: readonly string[]): Demand[] {
  return [
    {
      at,
      refuses: (tls) =>
        fieldsOf(tls).mode === 'ISTIO_MUTUAL' &&
        (FILES.some((key) => says(fieldsOf(tls), key)) || LISTS.some((key) => lists(fieldsOf(tls), key))),
      what: 'is ISTIO_MUTUAL, whose certificates are those of the mesh, and names others',
      fix: 'leave the certificates out, or write mode: SIMPLE or MUTUAL',
    },
    {
      at,
      refuses: (tls) => !isOfMesh(fieldsOf(tls)) && sourcesOf(fieldsOf(tls)) > 1,
      what: 'has certificates from two sources',
      fix: 'keep one of credentialName, credentialNames, tlsCertificates, and serverCertificate with privateKey',
    },
    ...certificateDemands(at),
  ];
}

function certificateDemands(at: readonly string[]): Demand[] {
  return [
    {
      at,
      refuses: (tls) => ends(fieldsOf(tls)) && lacksCertificate(fieldsOf(tls)),
      what: 'ends TLS without a certificate and its key',
      fix: 'write credentialName, the Secret with both; or serverCertificate and privateKey, files of the proxy; mode: PASSTHROUGH leaves TLS to the pods',
    },
    {
      at,
      refuses: (tls) => ends(fieldsOf(tls)) && isMutual(fieldsOf(tls)) && !says(fieldsOf(tls), 'caCertificates'),
      what: 'asks clients for certificates, and does not say who signs them',
      fix: 'write caCertificates, a file of the proxy, or credentialName, a Secret with ca.crt',
    },
    {
      at,
      refuses: (tls) => refusesCrl(fieldsOf(tls)),
      what: 'has caCrl, which neither SIMPLE nor credentialName takes',
      fix: 'put the list of revoked certificates into the Secret as ca.crl, or remove it',
    },
  ];
}

function says(tls: Fields, key: string): boolean {
  return Boolean(textOf(tls[key]));
}

function lists(tls: Fields, key: string): boolean {
  return Array.isArray(tls[key]) && tls[key].length > 0;
}

function isOfMesh({ mode }: Fields): boolean {
  return mode === 'ISTIO_MUTUAL';
}

function isMutual({ mode }: Fields): boolean {
  return mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL';
}

function sourcesOf(tls: Fields): number {
  const isOfFiles = says(tls, 'serverCertificate') && says(tls, 'privateKey');
  return [isOfFiles, says(tls, 'credentialName'), lists(tls, 'credentialNames'), lists(tls, 'tlsCertificates')].filter(Boolean).length;
}

/** It ends TLS with what stands in files. */
function ends(tls: Fields): boolean {
  return isTerminating(tls) && !says(tls, 'credentialName') && !lists(tls, 'credentialNames');
}

function isTerminating({ mode = 'PASSTHROUGH' }: Fields): boolean {
  return TERMINATING.includes(String(mode));
}

function lacksCertificate(tls: Fields): boolean {
  const certificates = lists(tls, 'tlsCertificates') ? listOf(tls.tlsCertificates) : [tls];
  return certificates.some((one) => !says(one, 'serverCertificate') || !says(one, 'privateKey'));
}

/** With credentialName Istio looks no further under the modes that end TLS. */
function refusesCrl(tls: Fields): boolean {
  if (!says(tls, 'caCrl') || isOfMesh(tls)) return false;
  return isTerminating(tls) ? ends(tls) && tls.mode === 'SIMPLE' : says(tls, 'credentialName');
}
