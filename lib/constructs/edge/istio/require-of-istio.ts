import type { IConstruct } from 'constructs';
import type { Door, ListenerFacts } from '../../../model/edge/listener';
import type { Exposure } from '../../../model/exposure';
import type { PartyFacts } from '../../../model/party';
import type { Code } from '../../../support/codes';
import { MeshError } from '../../../support/mesh-error';

const INSTEAD: Readonly<Record<string, string>> = {
  pods: "say it where the pods are installed, in Helm's values",
  service: "say it where the pods are installed, in Helm's values",
  listenersFrom: 'leave it out: a Gateway of Istio takes no ListenerSets',
  serviceAccountName: 'say it in istioPods',
  podLabels: 'say it in istioPods',
  delegateHosts: 'leave istioPods out; or expose the services here, and name the certificate in a listener of the gateway',
  listener: 'leave it out, and name the Gateway of the listener with name: <gateway>-<listener>',
};

/** Refuses what means nothing on pods that somebody else installed. */
export function requireNothingMade(at: IConstruct, said: Readonly<Record<string, unknown>>): void {
  const [key] = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (key === undefined) return;
  refuse(
    at,
    'MESH826',
    'a gateway with istioPods makes Gateways and VirtualServices, and neither pods nor listeners of the Gateway API',
    key,
    INSTEAD[key],
  );
}

/** Refuses certificates of other namespaces than that of the pods. */
export function requireNearCertificates(at: IConstruct, { namespaceName: home }: PartyFacts, listeners: readonly ListenerFacts[]): void {
  for (const { certificate, name } of listeners) {
    if (certificate?.namespaceName === undefined || certificate.namespaceName === home) continue;
    refuse(
      at,
      'MESH827',
      'Istio reads the certificates of its own Gateways in the namespace of the pods alone',
      `a Secret of namespace ${certificate.namespaceName} for listener ${name}`,
      `put it into ${home}, or leave istioPods out: a Gateway of the Gateway API uses Secrets of other namespaces`,
    );
  }
}

/** Refuses a host that nothing could tell from the others of a listener, once TLS has ended. */
export function requireToldApart(at: IConstruct, { host, listener }: Door, asked: string | undefined): void {
  if (listener.kind !== 'tls' || host === asked) return;
  refuse(
    at,
    'MESH828',
    'a Gateway of Istio that ends TLS sends all connections of a listener to one service: of the server that was asked for it remembers nothing',
    `${asked} at listener ${listener.name} for ${host ?? 'all hosts'}`,
    'name this host in hosts of the listener, beside others, which are told apart by it',
  );
}

/** Refuses routes of two namespaces for one host, of which nobody here could say the order. */
export function requireOneNamespace(
  at: IConstruct,
  exposed: ReadonlyArray<Pick<Exposure, 'host'> & { service: PartyFacts }>,
  next: { host: string; service: PartyFacts },
): void {
  const other = exposed.find(({ host, service }) => host === next.host && service.namespaceName !== next.service.namespaceName);
  if (!other) return;
  refuse(
    at,
    'MESH829',
    "what is exposed under one host at another program's Gateway of Istio stands in one VirtualService, in the namespace of its services",
    `${next.host} for ${other.service.namespaceName}/${other.service.name} and ${next.service.namespaceName}/${next.service.name}`,
    'expose one of them under another host, or both in the program of the gateway',
  );
}

function refuse(at: IConstruct, code: Code, what: string, got: string, fix: string): never {
  throw new MeshError({ code, at, what, got, fix });
}
