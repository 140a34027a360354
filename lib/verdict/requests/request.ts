import type { Cluster } from '../../cluster/cluster';
import type { Labels } from '../../cluster/objects/fields';
import { tryWorkload } from '../../cluster/workloads/workloads';
import { PUBLIC_ADDRESS } from '../decision/address-blocks';
import type { Addressed } from '../routes/proxy-answer';
import { normalPath } from './normal-path';

/** One request: who sends what to whom. */
export interface Request {
  readonly from: Caller;
  readonly to: Target;
  /** GET where nothing is said. */
  readonly method?: string;
  /** With its query, if any; `/` where nothing is said. */
  readonly path?: string;
  /** Names in lower case. */
  readonly headers?: Labels;
  readonly token?: Token;
  /** How the client addressed it, where that is another way: who passes a request on keeps it. */
  readonly addressed?: Pick<Addressed, 'scheme' | 'host'>;
}

export type Caller = WorkloadCaller | GatewayCaller | PodCaller | IdentityCaller;

/** A workload of the manifests, `namespace/name`. */
export interface WorkloadCaller {
  readonly workload: string;
}

/** Somebody outside, through the gateway `namespace/name`; or, to a host that its routes do not know, the gateway's own proxy. */
export interface GatewayCaller {
  readonly gateway: string;
  /** It has a certificate that the gateway trusts, where one is asked for. */
  readonly showsCertificate?: boolean;
}

/** A pod that the manifests do not have; outside the mesh unless it says otherwise. */
export interface PodCaller {
  readonly pod: {
    /** Empty for who is no pod: somebody outside the cluster. */
    readonly namespace: string;
    readonly labels?: Labels;
    /** None where nothing is said. */
    readonly proxy?: 'sidecar' | 'ztunnel' | 'none';
    /** The default account where nothing is said. */
    readonly serviceAccount?: string;
    /** Some address of its own where nothing is said. */
    readonly address?: string;
  };
}

/** Somebody outside the cluster, who dials a port that nodes or a load balancer have open for a Service. */
export const OUTSIDE: PodCaller = { pod: { namespace: '', proxy: 'none', address: PUBLIC_ADDRESS } };

/** A proven identity, wherever its pod may be: the network layer and `Sidecar` scopes are not asked about it. */
export interface IdentityCaller {
  readonly identity: {
    readonly namespace: string;
    readonly serviceAccount: string;
    readonly proxy: 'sidecar' | 'ztunnel';
    /** The mesh's own where nothing is said. */
    readonly trustDomain?: string;
  };
}

export type Target = HostTarget | PodTarget | AddressTarget;

/** A name and the port of the Service or ServiceEntry behind it. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
}

/** The address of a workload's pod, dialled without its Service, and the pod's port. */
export interface PodTarget {
  readonly podOf: string;
  readonly port: number;
}

/** An address outside the cluster, dialled without a name. */
export interface AddressTarget {
  readonly address: string;
  readonly port: number;
}

/** What a caller says of itself beside its identity, signed by an issuer. */
export interface Token {
  readonly issuer: string;
  readonly subject?: string;
  readonly audiences?: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The request line with what was left out. */
export interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly headers: Labels;
  /** As it is addressed; undefined where nobody says it. */
  readonly scheme?: string;
  readonly host?: string;
  /** What whoever reads the line has checked. */
  readonly token?: Token;
}

/** The host that clients of something write, unless they choose another: its name, or the address of a pod. */
export function dialledName(cluster: Cluster, to: Target): string {
  if ('podOf' in to) return tryWorkload(cluster, to.podOf)?.address ?? '';
  return 'host' in to ? to.host.toLowerCase() : to.address;
}

/** The same request, as the first Envoy on its way leaves its path. */
export function inOrder({ pathNormalization }: Pick<Cluster, 'pathNormalization'>, request: Request): Request {
  return request.path === undefined ? request : { ...request, path: normalPath(request.path, pathNormalization) };
}

/** As its client addressed it, at a port of whoever reads it. */
export function addressedOf({ addressed, path = '/' }: Request, { host, port }: HostTarget): Addressed {
  return { scheme: 'http', host, ...addressed, port, path };
}

export function lineOf({ method = 'GET', path = '/', headers = {}, token }: Request): RequestLine {
  return { method, path, headers, token };
}
