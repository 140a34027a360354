/** What a gateway does with the connections that it takes at a listener. */
export type ListenerKind = 'https' | 'http' | 'redirect' | 'tls' | 'passthrough' | 'tcp';

/** Who signs a certificate, in the words of cert-manager. */
export interface IssuerFacts {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
  readonly durationMs?: number;
  readonly renewBeforeMs?: number;
}

/** A certificate of a gateway. */
export interface CertificateFacts {
  /** Absent: the name of the listener's own. */
  readonly secretName?: string;
  /** Absent: the gateway's. */
  readonly namespaceName?: string;
  /** Who makes the Secret; absent where it is there. */
  readonly issuer?: IssuerFacts;
}

/** A place at which a gateway takes connections. */
export interface ListenerFacts {
  readonly kind: ListenerKind;
  readonly name: string;
  readonly port: number;
  /** Empty: whatever host is asked for. */
  readonly hosts: readonly string[];
  readonly certificate?: CertificateFacts;
  /** Whether clients show a certificate of their own. */
  readonly clients?: 'required' | 'optional';
  /** Port that requests in the open are sent on to. */
  readonly securePort?: number;
}

/** A listener as the Gateway API has it: it is for one host, or for any. */
export interface Door {
  readonly section: string;
  readonly host?: string;
  readonly listener: ListenerFacts;
}

/** One door for each host of a listener. */
export function doorsOf(listener: ListenerFacts): readonly Door[] {
  const { name, hosts } = listener;
  if (hosts.length === 0) return [{ section: name, listener }];
  return hosts.map((host) => ({ section: `${name}-${sectionPart(host)}`, host, listener }));
}

function sectionPart(host: string): string {
  return host.replace('*', 'any').replaceAll('.', '-');
}

/** Whether all that a name stands for is a part of what another one does; `*` covers any number of labels. */
export function hostCovers(outer: string | undefined, host: string): boolean {
  if (outer === undefined || outer === host) return true;
  return outer.startsWith('*.') && host.endsWith(outer.slice(1)) && host !== outer.slice(2);
}
